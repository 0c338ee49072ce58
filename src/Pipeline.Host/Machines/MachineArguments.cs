using System.CommandLine;
using MhdNet.Host.Commands;
using MhdNet.Host.Dispatch;
using MhdNet.Host.Hosting;
using MhdNet.Host.Progress;

namespace MhdNet.Host.Machines;

/// <summary>The options of <c>mhdnet worker --join</c>.</summary>
internal sealed class MachineArguments
{
    private readonly Option<string[]> _join = new("--join") { Description = "Where the host listens; may be repeated where a standby waits: the first that answers is joined.", HelpName = "HOST:PORT" };
    private readonly Option<FileInfo?> _cookie = Listening.CookieOption();
    private readonly Option<string[]> _map = new("--map") { Description = "Where a folder of the host is on this machine; may be repeated. Without it the paths are the same on both.", HelpName = "HOST_PATH=LOCAL_PATH" };
    private readonly Option<int?> _workers = CommandOptions.Workers();
    private readonly Option<string> _name = new("--name") { Description = "This machine's name in the host's messages. Default: its host name.", HelpName = "NAME", DefaultValueFactory = _ => Environment.MachineName };
    private readonly Option<FileInfo?> _config = CommandOptions.Config();

    /// <summary>Every option, for the command.</summary>
    public IReadOnlyList<Option> All => [_join, _cookie, _map, _workers, _name, _config];

    /// <summary>Whether any of them was given.</summary>
    public bool IsGiven(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>Runs.</summary>
    /// <exception cref="InputException">An option cannot be used.</exception>
    public Task<int> Run(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(_join) is not { Length: > 0 } joined)
        {
            throw new InputException("'mhdnet worker' needs --join HOST:PORT, where a host listens ('mhdnet run … --listen').");
        }

        var cookie = parsed.GetValue(_cookie) ?? throw new InputException("--join needs --cookie-file: the host lets nobody in without its cookie, and the connection is encrypted with it. Copy the host's cookie file to this machine.");
        var dispatch = DispatchSettings.From(CommandOptions.With(parsed.GetValue(_workers), Settings.Load(parsed.GetValue(_config))).GetConfig("mhdnet.dispatch"));
        var plan = new MachinePlan(
            [.. joined.Select(host => Endpoint.Parse("--join", host))], cookie.FullName, parsed.GetRequiredValue(_name), dispatch.Workers, PathMap.Parse(parsed.GetValue(_map) ?? []), dispatch.MachineLease);
        return MachineHost.Run(plan, new PlainView(Console.Out, TimeProvider.System).Line, stop);
    }
}

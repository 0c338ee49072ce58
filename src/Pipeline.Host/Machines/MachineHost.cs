using MhdNet.Host.Commands;
using MhdNet.Host.Workers;

namespace MhdNet.Host.Machines;

/// <summary>A machine that works for a host on another: looks for the host, visits it as long as it may, and looks again.</summary>
internal static class MachineHost
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FolderPause = TimeSpan.FromSeconds(10);

    /// <summary>Runs until someone stops it, or it finds that it cannot work.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="line">Where a person follows it.</param>
    /// <param name="stop">Ctrl-C or SIGTERM.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">The host has another cookie or version, or the machine lacks a folder or a library.</exception>
    public static async Task<int> Run(MachinePlan plan, Action<string> line, CancellationToken stop)
    {
        using var cookie = CookieFile.Read(plan.CookieFile);
        var (said, hasWorked, cleared) = ("", false, Task.CompletedTask);
        while (!stop.IsCancellationRequested)
        {
            var pause = Pause;
            if (await Find(plan, cookie, stop).ConfigureAwait(false) is { } host)
            {
                await cleared.ConfigureAwait(false);
                var visit = new MachineVisit(plan, host, cookie, line);
                try
                {
                    var end = await visit.Run(stop).ConfigureAwait(false);
                    hasWorked |= visit.HasBegun;
                    if (visit.FolderProblem is not { } problem)
                    {
                        line(said = Sentence(host, end));
                    }
                    else if (hasWorked)
                    {
                        pause = FolderPause;
                        Say($"{problem} This machine has worked before, so it tries again every {FolderPause.TotalSeconds:0} s.");
                    }
                    else
                    {
                        throw new InputException(problem, ExitCode.Environment);
                    }
                }
                finally
                {
                    cleared = Task.Run(visit.Dispose, CancellationToken.None); // it may take seconds to say good-bye to someone who is not there
                }
            }
            else if (!stop.IsCancellationRequested)
            {
                Say($"no host listens at {string.Join(" or ", plan.Hosts)} now; looking again every second. It is started with 'mhdnet run … --listen ADDRESS:PORT --cookie-file FILE'.");
            }

            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await cleared.ConfigureAwait(false);
        return ExitCode.Ok;

        void Say(string sentence)
        {
            if (said != sentence)
            {
                line(said = sentence);
            }
        }
    }

    private static string Sentence(Endpoint host, CrewEnd why) => why switch
    {
        CrewEnd.CutOff => $"{host} does not answer any more: the workers here were ended, and the host offers their items again; looking for it",
        CrewEnd.Dismissed => $"{host} ended the workers here; looking for it",
        _ => "stopped; what the workers here had goes back to the host",
    };

    private static async Task<Endpoint?> Find(MachinePlan plan, RunCertificate cookie, CancellationToken stop)
    {
        foreach (var host in plan.Hosts)
        {
            switch (await HostProbe.Knock(host, cookie, stop).ConfigureAwait(false))
            {
                case HostProbe.Answer.Welcome:
                    return host;
                case HostProbe.Answer.OtherCookie:
                    throw new InputException($"The host at {host} has another cookie than {plan.CookieFile}, so it lets nobody in from here. Copy the host's cookie file to this machine.");
                default:
                    break;
            }
        }

        return null;
    }
}

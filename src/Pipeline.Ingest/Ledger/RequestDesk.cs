using Akka.Actor;
using Akka.Event;
using MhdNet.Ingest.Forgetting;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>Carries out what other processes ask of the one writer of the ledger (<see cref="RequestFiles"/>), one request after the other.</summary>
public sealed class RequestDesk : ReceiveActor, IWithTimers
{
    private readonly string _workFolder;
    private readonly IActorRef _ledger;
    private readonly TimeSpan _interval;
    private string? _file;
    private int _open;

    /// <summary>A desk.</summary>
    /// <param name="workFolder">The work folder.</param>
    /// <param name="ledger">The ledger's actor.</param>
    /// <param name="interval">Wait between two looks.</param>
    public RequestDesk(string workFolder, IActorRef ledger, TimeSpan interval)
    {
        (_workFolder, _ledger, _interval) = (workFolder, ledger, interval);
        Receive<LookForRequests>(_ => Begin());
        Receive<ItemStored>(_ => Answered());
        Receive<PatientForgotten>(_ => Answered());
        Receive<LedgerFailed>(_ => (_file, _open) = (null, 0)); // the file stays, and the next look begins anew
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer("look", new LookForRequests(), TimeSpan.Zero, _interval);

    private void Begin()
    {
        if (_file is not null || Next() is not { } file)
        {
            return;
        }

        try
        {
            object[] requests = Path.GetFileName(file).StartsWith(ForgetRequest.Kind + "-", StringComparison.Ordinal)
                ? [new ForgetPatient(ForgetRequest.Read(file))]
                : [.. RetryRequest.Read(file).Select(item => new Retry(item))];
            (_file, _open) = (file, requests.Length + 1);
            foreach (var request in requests)
            {
                _ledger.Tell(request);
            }

            Answered();
        }
        catch (InvalidDataException e)
        {
            Context.GetLogger().Warning("{0}", e.Message);
            File.Delete(file);
        }
    }

    /// <summary>The oldest request; none where the work folder is away for a while, a share that does not answer.</summary>
    private string? Next()
    {
        try
        {
            return RequestFiles.Pending(_workFolder) is [var file, ..] ? file : null;
        }
        catch (IOException) when (!FolderPresence.IsThere(_workFolder))
        {
            return null;
        }
    }

    private void Answered()
    {
        if (_file is not null && --_open == 0)
        {
            CrashPoint.Reach("request");
            File.Delete(_file);
            _file = null;
        }
    }

    /// <summary>Looks at once.</summary>
    public sealed record LookForRequests;
}

using Akka.Actor;
using MhdNet.Host.Status;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Batch;

/// <summary>Keeps the note by which <c>mhdnet status</c> knows of a batch that runs, and what is wrong with its parts.</summary>
internal sealed class BatchNote : ReceiveActor
{
    private readonly HostNotes _notes;
    private readonly string _doing;
    private PartProblems _wrong = PartProblems.None;

    /// <summary>A note of a batch that begins.</summary>
    /// <param name="workFolder">Where it is kept.</param>
    /// <param name="slides">How many slides the batch has.</param>
    /// <param name="time">The clock.</param>
    public BatchNote(string workFolder, int slides, TimeProvider time)
    {
        (_notes, _doing) = (new HostNotes(workFolder, time), $"tiling {Counted.Of(slides, "slide")}");
        Receive<PartState>(state =>
        {
            _wrong = _wrong.After(state);
            Say();
        });
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(PartState));
        Say();
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void Say() => _notes.Say(Activity.Tiling, _doing, null, _wrong.Sentences);
}

namespace MhdNet.Host.Status;

/// <summary>What a host is doing, in one word that programs can rely on.</summary>
public enum Activity
{
    /// <summary>Something in the drop folder is new, growing, queued or being decoded.</summary>
    Reading,

    /// <summary>Everything that is there was read; labels or patients are missing before training can start.</summary>
    Waiting,

    /// <summary>The slides of a batch are being tiled, by <c>mhdnet tile</c>.</summary>
    Tiling,

    /// <summary>A run is in training.</summary>
    Training,

    /// <summary>Patients without a label are being typed.</summary>
    Typing,

    /// <summary>Trained, reported, everybody typed: nothing is left to do until something new arrives.</summary>
    Finished,

    /// <summary>The run was given up; the run's message says why.</summary>
    Failed,
}

namespace MhdNet.Training.Results;

/// <summary>The ways in which a run ends.</summary>
public enum RunEnd
{
    /// <summary>All phases trained and measured.</summary>
    Completed,

    /// <summary>Asked to stop; goes on from the last checkpoint.</summary>
    Stopped,

    /// <summary>Cannot go on. The reason says why.</summary>
    Failed,
}

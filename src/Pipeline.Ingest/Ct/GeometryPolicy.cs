namespace MhdNet.Ingest.Ct;

/// <summary>What becomes of a stack that is not regular: slices are missing, their distances differ, or they are shifted against each other.</summary>
public enum GeometryPolicy
{
    /// <summary>The slices are used as they are, and the manifest says so.</summary>
    Accept,

    /// <summary>The stack is interpolated to a regular one, and the manifest says so.</summary>
    Resample,

    /// <summary>The series is rejected.</summary>
    Reject,
}

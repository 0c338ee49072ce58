namespace MhdNet.Training.Labels;

/// <summary>What a patient is used for.</summary>
public enum Split
{
    /// <summary>Trains the networks and fills the memory.</summary>
    Train,

    /// <summary>Decides which checkpoint is best; trains nothing.</summary>
    Val,

    /// <summary>Measured at the end; decides nothing.</summary>
    Test,

    /// <summary>Has no type: to be predicted. Follows from an empty type, is never written in the labels file.</summary>
    Predict,
}

namespace MhdNet.Training.Trainer;

/// <summary>What the batches of a stream are for.</summary>
public enum Pass
{
    /// <summary>Optimiser steps.</summary>
    Training,

    /// <summary>The validation patients, after each epoch.</summary>
    Validation,

    /// <summary>The test patients, after the last epoch.</summary>
    Test,

    /// <summary>The patients without a label, by the finished student.</summary>
    Prediction,
}

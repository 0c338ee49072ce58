namespace MhdNet.Training.Trainer;

/// <summary>Event: a batch is through.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Phase"><c>teacher</c>, <c>student</c> or <c>baseline</c>.</param>
/// <param name="Pass">What the batch was for.</param>
/// <param name="Epoch">From 1; after the last epoch the number of epochs.</param>
/// <param name="Epochs">How many epochs the phase shall have.</param>
/// <param name="Batch">From 1.</param>
/// <param name="Batches">Batches of the pass.</param>
/// <param name="Loss">Loss of this batch; null where nothing was trained.</param>
/// <param name="Validation">Validation accuracy of the last finished epoch; null before the first.</param>
/// <param name="SequencesPerSecond">Over the pass so far.</param>
public sealed record TrainingProgress(
    string Run, string Phase, Pass Pass, int Epoch, int Epochs, int Batch, int Batches, double? Loss, double? Validation, double SequencesPerSecond);

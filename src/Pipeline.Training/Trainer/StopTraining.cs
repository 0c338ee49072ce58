namespace MhdNet.Training.Trainer;

/// <summary>
/// Message to <see cref="TrainerOwner"/>: end the run after the present step; it can be resumed from there. <see cref="TrainingFinished"/> follows
/// on the event stream; does nothing where no run is under way.
/// </summary>
public sealed record StopTraining;

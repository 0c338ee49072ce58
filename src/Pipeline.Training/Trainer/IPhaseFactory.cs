using MhdNet.Training.Options;

namespace MhdNet.Training.Trainer;

/// <summary>Makes the networks of a run. Called by the trainer's thread alone.</summary>
public interface IPhaseFactory
{
    /// <summary>A phase at its seeded beginning; a checkpoint is loaded into it afterwards.</summary>
    /// <param name="phase"><c>teacher</c>, <c>student</c> or <c>baseline</c>.</param>
    /// <param name="options">The run's options, with the types.</param>
    /// <param name="teacher">The folder of the trained teacher and its memory; null for the teacher itself.</param>
    ITrainingPhase Create(string phase, MhdOptions options, string? teacher);
}

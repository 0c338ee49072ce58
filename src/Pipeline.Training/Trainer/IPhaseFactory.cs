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

    /// <summary>A trained student with what it needs to type from CT alone: its own weights, the teacher's radiology branch, the memory. Optimisers and the rest of the teacher need not be there.</summary>
    /// <param name="options">The run's options, with the types.</param>
    /// <param name="teacher">Holds <c>teacher.safetensors</c> and <c>memory.safetensors</c>.</param>
    /// <param name="student">Holds <c>student.safetensors</c>.</param>
    /// <exception cref="InvalidDataException">A file is missing, truncated, or of other options or types; names the file.</exception>
    IPredictor Typer(MhdOptions options, string teacher, string student);
}

using MhdNet.Training.Arithmetic;
namespace MhdNet.Training.Trainer;

/// <summary>
/// One network being trained: the teacher with its memory, the student, or the CT-only baseline. Not thread safe: the trainer's thread alone
/// calls it. Every call is synchronous and leaves no tensor behind but the network's own.
/// </summary>
public interface ITrainingPhase : IPredictor
{
    /// <summary><c>teacher</c>, <c>student</c> or <c>baseline</c>.</summary>
    string Name { get; }

    /// <summary>How many epochs the options ask for.</summary>
    int Epochs { get; }

    /// <summary>The optimiser's step size; the trainer sets it before each epoch.</summary>
    double LearningRate { get; set; }

    /// <summary>One optimiser step.</summary>
    /// <returns>The losses by name (<c>ce_R</c>, <c>conmb</c>, …) with the sum under <c>loss</c>. Where the sum is not finite, the step was not applied.</returns>
    IReadOnlyDictionary<string, double> Step(Batch batch);

    /// <summary>Finds out why the step of a batch gave a loss that is not finite. Leaves the phase as it is.</summary>
    NonFiniteExplanation Explain(Batch batch);

    /// <summary>Tests the arithmetic in use again: for a network that gives no numbers.</summary>
    SelfTestResult TestArithmetic();

    /// <summary>Writes weights, banks and optimiser state into a folder that exists; together they let <see cref="Load"/> go on exactly from here.</summary>
    void Save(string folder);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Missing, truncated or of another shape; names the file.</exception>
    void Load(string folder);

    /// <summary>Reads the weights and banks alone: enough to predict, not to go on.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Load"/>.</exception>
    void LoadNetwork(string folder);
}

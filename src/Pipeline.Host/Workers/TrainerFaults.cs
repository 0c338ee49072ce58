using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;

namespace MhdNet.Host.Workers;

/// <summary>The fault that tests have a trainer commit: with a line <c>trainer slow</c> in the file of <see cref="Faults"/> each of its steps takes a while, and says so on standard error.</summary>
internal static class TrainerFaults
{
    /// <summary>The factory, whose networks are slow where a test asks for it.</summary>
    public static IPhaseFactory In(IPhaseFactory factory) => Faults.Allowed is { } file && File.ReadLines(file).Contains("trainer slow") ? new SlowPhases(factory) : factory;

    private sealed class SlowPhases(IPhaseFactory factory) : IPhaseFactory
    {
        public ITrainingPhase Create(string phase, MhdOptions options, string? teacher) => new SlowPhase(factory.Create(phase, options, teacher));

        public IPredictor Typer(MhdOptions options, string teacher, string student) => factory.Typer(options, teacher, student);
    }

    private sealed class SlowPhase(ITrainingPhase phase) : ITrainingPhase
    {
        public string Name => phase.Name;

        public int Epochs => phase.Epochs;

        public double LearningRate
        {
            get => phase.LearningRate;
            set => phase.LearningRate = value;
        }

        public IReadOnlyDictionary<string, double> Step(Training.Trainer.Batch batch)
        {
            Console.Error.WriteLine($"a test asked for a slow trainer: {phase.Name}, batch {batch.Index + 1}");
            Thread.Sleep(200);
            return phase.Step(batch);
        }

        public NonFiniteExplanation Explain(Training.Trainer.Batch batch) => phase.Explain(batch);

        public SelfTestResult TestArithmetic() => phase.TestArithmetic();

        public double[][] Predict(Training.Trainer.Batch batch) => phase.Predict(batch);

        public void Save(string folder) => phase.Save(folder);

        public void Load(string folder) => phase.Load(folder);

        public void LoadNetwork(string folder) => phase.LoadNetwork(folder);

        public void Dispose() => phase.Dispose();
    }
}

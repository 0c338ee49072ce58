using System.Collections.Concurrent;
using System.Globalization;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Options;
using MhdNet.Training.Tests.Arithmetic;
using MhdNet.Training.Trainer;

namespace MhdNet.Training.Tests.Trainer;

/// <summary>
/// A phase whose "network" is one number that every pixel of every batch changes, so that losses after a resume are equal only where weights, order, pairing and
/// mirroring are. Records what it is given.
/// </summary>
internal sealed class RecordingPhase(string name, int epochs, RecordingFactory log) : ITrainingPhase
{
    private double _weight = name.Length;

    public string Name => name;

    public int Epochs => epochs;

    public double LearningRate { get; set; }

    public IReadOnlyDictionary<string, double> Step(Batch batch)
    {
        log.Threads.Enqueue(Environment.CurrentManagedThreadId);
        log.BeforeStep(name, batch);
        log.LearningRates.Enqueue(LearningRate);
        log.Batches.Enqueue($"{name} {batch.Epoch} {batch.Index}: {string.Join(' ', batch.Names)}");
        _weight = (0.9 * _weight) + LearningRate + batch.Ct.Select((value, i) => value * (i % 7)).Average() + batch.Wsi.Select((value, i) => value * (i % 5)).DefaultIfEmpty().Average();
        return log.Losses(name, batch) ?? new Dictionary<string, double> { ["loss"] = 2 * _weight, ["ce_R"] = _weight };
    }

    public NonFiniteExplanation Explain(Batch batch) => log.Explanation(batch);

    public SelfTestResult TestArithmetic() => log.SelfTest;

    public double[][] Predict(Batch batch)
    {
        log.Threads.Enqueue(Environment.CurrentManagedThreadId);
        log.Predicted.Enqueue($"{name}: {string.Join(' ', batch.Names)} pathology {batch.HasPathology.Count(has => has)}");
        return [.. batch.Names.Select((_, i) => log.Output(name, batch.Ct[i * 8] > -0.5 ? [0.6, 0.3, 0.1] : [0.3, 0.6, 0.1]))];
    }

    public void Save(string folder)
    {
        log.Threads.Enqueue(Environment.CurrentManagedThreadId);
        File.WriteAllText(Path.Combine(folder, "weight.txt"), _weight.ToString("R", CultureInfo.InvariantCulture));
    }

    public void LoadNetwork(string folder) => Load(folder);

    public void Load(string folder)
    {
        log.Loaded.Enqueue(folder);
        var file = Path.Combine(folder, "weight.txt");
        _weight = double.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var weight) ? weight : throw new InvalidDataException($"{file} is damaged.");
    }

    public void Dispose() => Interlocked.Increment(ref log.Disposed);
}

/// <summary>Makes <see cref="RecordingPhase"/>s; the test decides what a step does beside.</summary>
internal sealed class RecordingFactory : IPhaseFactory
{
    public int Made;
    public int Disposed;

    public ConcurrentQueue<string> Batches { get; } = new();

    public ConcurrentQueue<double> LearningRates { get; } = new();

    public ConcurrentQueue<string> Predicted { get; } = new();

    public ConcurrentQueue<string> Loaded { get; } = new();

    public ConcurrentQueue<int> Threads { get; } = new();

    public ConcurrentQueue<string?> Teachers { get; } = new();

    public Action<string, Batch> BeforeStep { get; set; } = (_, _) => { };

    public Func<string, Batch, IReadOnlyDictionary<string, double>?> Losses { get; set; } = (_, _) => null;

    public SelfTestResult SelfTest { get; set; } = new(
        Machines.Avx512, PaddingChoice.Auto, 1, "toy", 3, new OperationError("softmax", "value", 1e-7), Training.Arithmetic.SelfTest.Tolerance);

    public Func<Batch, NonFiniteExplanation> Explanation { get; set; } = batch => new(batch.Count, new DoubleStep(batch.Count, double.NaN, double.PositiveInfinity), []);

    public IPredictor Typer(MhdOptions options, string teacher, string student)
    {
        var phase = Create("student", options, teacher);
        phase.LoadNetwork(student);
        return phase;
    }

    public Func<string, double[], double[]> Output { get; set; } = (_, output) => output;

    public ITrainingPhase Create(string phase, MhdOptions options, string? teacher)
    {
        Made++;
        Teachers.Enqueue(teacher);
        return new RecordingPhase(phase, phase == "teacher" ? options.TeacherEpochs : options.StudentEpochs, this);
    }
}

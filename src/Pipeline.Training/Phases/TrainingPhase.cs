using System.Runtime.InteropServices;
using MhdNet.Training.Arithmetic;
using MhdNet.Training.Checkpoints;
using MhdNet.Training.Devices;
using MhdNet.Training.Memory;
using MhdNet.Training.Network;
using MhdNet.Training.Network.Sizes;
using MhdNet.Training.Options;
using MhdNet.Training.Trainer;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MhdNet.Training.Phases;

/// <summary>What the three phases share: one Adam step on one network, prediction, and files that let training go on exactly.</summary>
public abstract class TrainingPhase : ITrainingPhase
{
    private readonly nn.Module _network;
    private readonly TypingMemory? _memory;
    private readonly Adam _adam;

    /// <summary>A phase; it owns the network and the memory.</summary>
    /// <param name="name"><c>teacher</c>, <c>student</c> or <c>baseline</c>; the files are called so.</param>
    /// <param name="epochs">How many the options ask for.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="network">What is trained.</param>
    /// <param name="memory">What a step fills besides, or null.</param>
    private protected TrainingPhase(string name, int epochs, MhdOptions options, Device device, nn.Module network, TypingMemory? memory)
    {
        (Name, Epochs, Options, Device, _network, _memory) = (name, epochs, options, device, network, memory);
        _adam = optim.Adam(network.parameters(), options.LearningRate, 0.9, 0.999, 1e-8);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Epochs { get; }

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _adam.ParamGroups.First().LearningRate;
        set
        {
            foreach (var group in _adam.ParamGroups)
            {
                group.LearningRate = value;
            }
        }
    }

    /// <summary>The run's options.</summary>
    protected MhdOptions Options { get; }

    /// <summary>Where to compute.</summary>
    protected Device Device { get; }

    /// <inheritdoc/>
    /// <remarks>A step whose loss or gradient is not finite leaves weights, running statistics and memory as they were, and reports <c>loss</c> as NaN or infinite.</remarks>
    public IReadOnlyDictionary<string, double> Step(Batch batch)
    {
        BatchTensors.RequireLabels(batch, Options);
        using var scope = NewDisposeScope();
        var before = new StepSnapshot(_network, _memory);
        _network.train();
        _network.zero_grad();
        var losses = Losses(batch, BatchTensors.Of(batch, Options, Device));
        var values = losses.Parts.ToDictionary(part => part.Name, part => part.Value is null ? 0 : (double)part.Value.item<float>());
        values["loss"] = losses.Total.item<float>();
        if (double.IsFinite(values["loss"]))
        {
            losses.Total.backward();
            if (GradientIsFinite())
            {
                ClipGradient();
                _adam.step();
                return values;
            }

            values["loss"] = double.NaN;
        }

        before.Restore(_network, _memory);
        return values;
    }

    /// <inheritdoc/>
    public NonFiniteExplanation Explain(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (step, notComputed) = Again(batch);
        return new NonFiniteExplanation(batch.Count, step, BatchInputs.Problems(batch))
        {
            NotComputed = notComputed,
            SelfTest = step is { Finite: false } ? null : TestArithmetic(),
        };
    }

    /// <inheritdoc/>
    public SelfTestResult TestArithmetic() => ArithmeticInUse.TestAgain(NetworkOperations.Of($"the {Name}", Options), Device);

    /// <inheritdoc/>
    public double[][] Predict(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        _network.eval();
        return Probabilities.Of(Logits(batch, BatchTensors.Of(batch, Options, Device)));
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        NetworkCheckpoint.Save(FileIn(folder, Name), _network, Options);
        if (_memory is not null)
        {
            MemoryCheckpoint.Save(FileIn(folder, "memory"), _memory, Options);
        }

        AdamCheckpoint.Save(FileIn(folder, Name + "-optimizer"), _network, _adam, IdleItems.Of(_memory));
    }

    /// <inheritdoc/>
    public void Load(string folder)
    {
        LoadNetwork(folder);
        IdleItems.Fill(_memory, AdamCheckpoint.Load(FileIn(folder, Name + "-optimizer"), _network, _adam, IdleItems.Shapes(_memory)));
    }

    /// <inheritdoc/>
    public void LoadNetwork(string folder)
    {
        CheckpointMetadata.Require(FileIn(folder, Name), Options);
        NetworkCheckpoint.Load(FileIn(folder, Name), _network);
        if (_memory is not null)
        {
            MemoryCheckpoint.Load(FileIn(folder, "memory"), _memory);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A file of a checkpoint's folder.</summary>
    internal static string FileIn(string folder, string name) => Path.Combine(folder, name + ".safetensors");

    /// <summary>A phase of the same options, on the processor, with first weights.</summary>
    private protected abstract TrainingPhase Twin();

    /// <summary>Computes in double precision from now on; no step can be taken any more.</summary>
    private protected virtual void ToDouble()
    {
        _network.to(ScalarType.Float64);
        _memory?.ToDouble();
    }

    /// <summary>Runs the network, in training mode, and forms its losses.</summary>
    private protected abstract StepLosses Losses(Batch batch, BatchTensors tensors);

    /// <summary>Runs the network, in evaluation mode and without gradient: [N, K+1].</summary>
    private protected abstract Tensor Logits(Batch batch, BatchTensors tensors);

    /// <summary>Frees the network, the memory and the optimiser.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _adam.Dispose();
            _network.Dispose();
            _memory?.Dispose();
        }
    }

    /// <summary>The step in double precision, with as many samples as there is memory for; or why there is none.</summary>
    private (DoubleStep? Step, string? NotComputed) Again(Batch batch)
    {
        var samples = StepMemory.SamplesInDouble(Options, batch.Count, AvailableMemory.Bytes());
        if (samples == 0)
        {
            return (null, "there is too little memory");
        }

        try
        {
            return (InDouble(batch.First(samples)), null);
        }
        catch (Exception e) when (e is ExternalException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return (null, e.Message.TrimEnd('.')); // torch has no memory, or the teacher's files are gone: no news about the loss
        }
    }

    /// <summary>The losses and gradients of a step from here, in double precision.</summary>
    private DoubleStep InDouble(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var twin = Twin();
        twin.TakeOver(this);
        twin.ToDouble();
        twin._network.train();
        var losses = twin.Losses(batch, BatchTensors.Of(batch, Options, CPU).ToDouble());
        losses.Total.backward();
        using var noGrad = no_grad();
        var numbers = losses.Parts.Select(part => part.Value).OfType<Tensor>().Append(losses.Total)
            .Concat(twin._network.parameters().SelectMany(parameter => new[] { parameter, parameter.grad }).OfType<Tensor>())
            .Concat(twin._network.named_buffers().Select(buffer => buffer.buffer).Where(buffer => buffer.is_floating_point()));
        return new DoubleStep(batch.Count, losses.Total.item<double>(), numbers.Max(DoubleStep.Magnitude));
    }

    /// <summary>Weights, running statistics and memory of another phase.</summary>
    private void TakeOver(TrainingPhase other)
    {
        using var noGrad = no_grad();
        var from = other._network.state_dict();
        foreach (var (name, tensor) in _network.state_dict())
        {
            tensor.copy_(from[name]);
        }

        new StepSnapshot(other._network, other._memory).Restore(_network, _memory);
    }

    private void ClipGradient()
    {
        if (Options.GradientClip > 0)
        {
            _ = nn.utils.clip_grad_norm_(_network.parameters(), Options.GradientClip);
        }
    }

    private bool GradientIsFinite()
    {
        using var noGrad = no_grad();
        var sums = _network.parameters().Select(p => p.grad).OfType<Tensor>().Select(grad => grad.sum()).ToArray();
        return double.IsFinite(stack(sums).sum().item<float>());
    }
}

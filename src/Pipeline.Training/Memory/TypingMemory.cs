using MhdNet.Training.Network;
using MhdNet.Training.Options;
using static TorchSharp.torch;

namespace MhdNet.Training.Memory;

/// <summary>The contrast-boosted typing memory (CTMM): what slides of each tumour type look like to the teacher, in stages 1 to 3.</summary>
public sealed class TypingMemory : IDisposable
{
    /// <summary>An empty memory.</summary>
    /// <exception cref="ArgumentException">The options break a rule of the method, or name no types.</exception>
    public TypingMemory(MhdOptions options, Device device)
    {
        OptionsRules.RequireWithTypes(options);
        Banks = [.. StageShape.Of(options).Take(3).Select((stage, s) =>
            new MemoryBank(stage, options.Types.Count, options.MemoryItems[s], options.Decay, options.ReseedAfter, device))];
    }

    /// <summary>The banks of stages 1 to 3.</summary>
    public IReadOnlyList<MemoryBank> Banks { get; }

    /// <summary>Shows the memory a batch, sample after sample; each changes the items of its own type only. No gradient.</summary>
    /// <param name="pathology">Pathology features of stages 1 to 3, [P, c_s, t_s, h_s, w_s].</param>
    /// <param name="labels">[P]: the types.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is no tumour type: there is no pathology of <c>other</c>.</exception>
    public void Update(IReadOnlyList<Tensor> pathology, IReadOnlyList<long> labels)
    {
        foreach (var label in labels)
        {
            if (label < 0 || label >= Banks[0].Seen.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"a sample with pathology has label {label}, which is none of the {Banks[0].Seen.Length} tumour types");
            }
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        for (var stage = 0; stage < Banks.Count; stage++)
        {
            var queries = PixelRows.Of(pathology[stage].detach());
            for (var sample = 0; sample < labels.Count; sample++)
            {
                Banks[stage].Update((int)labels[sample], queries[sample]);
            }
        }
    }

    /// <summary>Prediction-aware reading (eq. 11) from all three banks.</summary>
    /// <param name="probabilities">[N, K+1], softmax of the teacher's radiology branch.</param>
    /// <returns>Stages 1 to 3, [N, c_s, t_s, h_s, w_s].</returns>
    public IReadOnlyList<Tensor> Read(Tensor probabilities) => [.. Banks.Select(bank => bank.Read(probabilities))];

    /// <summary>Computes in double precision from now on.</summary>
    internal void ToDouble()
    {
        foreach (var bank in Banks)
        {
            bank.ToDouble();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var bank in Banks)
        {
            bank.Dispose();
        }
    }
}

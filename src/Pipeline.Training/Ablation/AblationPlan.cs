using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Labels;
using MhdNet.Training.Options;

namespace MhdNet.Training.Ablation;

/// <summary>Which runs a set of variants takes, each once: teachers before the students that learn from them.</summary>
/// <param name="Cohort">The patients of all runs, without those to be predicted: an ablation types nobody.</param>
/// <param name="Variants">The variants, with types.</param>
/// <param name="Runs">In the order in which they are trained.</param>
/// <param name="RunOf">For each variant and seed the name of the run whose result is its cell.</param>
public sealed record AblationPlan(
    Cohort Cohort, IReadOnlyList<AblationVariant> Variants, IReadOnlyList<AblationRun> Runs, IReadOnlyDictionary<(string Variant, int Seed), string> RunOf)
{
    private static readonly MhdOptions Method = new();

    /// <summary>Plans.</summary>
    /// <param name="variants">The rows.</param>
    /// <param name="cohort">The same for all variants and seeds.</param>
    /// <param name="preset">Name of the preset, part of the runs' names.</param>
    /// <param name="seeds">Seeds of weights, order and mirroring; each variant is trained once with each.</param>
    public static AblationPlan Of(IReadOnlyList<AblationVariant> variants, Cohort cohort, string preset, IReadOnlyList<int> seeds)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var known = cohort with { Patients = [.. cohort.Patients.Where(patient => patient.Split != Split.Predict)] };
        AblationVariant[] named = [.. variants.Select(variant => variant with { Options = variant.Options with { Types = cohort.Types } })];
        var (runs, runOf) = (new List<AblationRun>(), new Dictionary<(string, int), string>());
        var fingerprint = JsonSerializer.Serialize(known, WorkJson.Options);
        foreach (var seed in seeds)
        {
            foreach (var variant in named)
            {
                var needed = Needed(variant, seed, preset, fingerprint);
                runs.AddRange(needed.Where(run => runs.All(planned => planned.Name != run.Name)));
                runOf[(variant.Name, seed)] = needed[^1].Name;
            }
        }

        return new AblationPlan(known, named, runs, runOf);
    }

    /// <summary>The next run to be trained; null where none can be begun now.</summary>
    /// <param name="finished">Whether the run of a name is done.</param>
    /// <param name="begun">Names of runs that are being trained, or failed.</param>
    public AblationRun? Next(Func<string, bool> finished, IReadOnlySet<string> begun) =>
        Runs.FirstOrDefault(run => !begun.Contains(run.Name) && !finished(run.Name) && (run.Teacher is null || finished(run.Teacher)));

    private static AblationRun[] Needed(AblationVariant variant, int seed, string preset, string cohort)
    {
        var options = variant.Options with { Seed = seed };
        var alone = WithoutStudent(options) with { Network = options.Network == TrainedNetwork.MhdNet ? TrainedNetwork.Teacher : options.Network };
        var first = Run(alone, variant, null);
        return variant.Phase == "student" ? [first, Run(options, variant, first.Name)] : [first];

        AblationRun Run(MhdOptions trained, AblationVariant of, string? teacher)
        {
            var what = teacher is null ? OptionsFile.NameOf(trained.Network) : "student";
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OptionsFile.Write(trained) + cohort)))[..10];
            return new AblationRun(
                string.Create(CultureInfo.InvariantCulture, $"ablation/{preset}-{what}-seed{seed}-{hash}"), string.Create(CultureInfo.InvariantCulture, $"{what} of '{of.Name}', seed {seed}"), trained, teacher);
        }
    }

    /// <summary>What only the student depends on, set to the method's values: variants that differ in nothing else share their teacher.</summary>
    private static MhdOptions WithoutStudent(MhdOptions options) => options with
    {
        StudentBlocks = Method.StudentBlocks,
        StudentEpochs = Method.StudentEpochs,
        StudentMemory = Method.StudentMemory,
        AlphaMse = Method.AlphaMse,
        AlphaKl = Method.AlphaKl,
        Tau = Method.Tau,
    };
}

namespace MhdNet.Host.Synthetic;

/// <summary>Who is in a synthetic cohort: types spread evenly; of each type an eighth to be predicted, a quarter of the others for testing, the rest for training.</summary>
public static class CohortPlan
{
    /// <summary>The fewest patients of a type: two to train with and one to test with.</summary>
    public const int FewestPerType = 3;

    /// <summary>The patients in the order in which they are delivered; a function of the arguments alone.</summary>
    /// <exception cref="ArgumentException">Fewer than <see cref="FewestPerType"/> patients a type.</exception>
    public static IReadOnlyList<PatientPlan> Draw(int patients, int types, int seed)
    {
        if (types < 1 || patients < FewestPerType * types)
        {
            throw new ArgumentException($"{types} types need at least {FewestPerType * types} patients ({FewestPerType} of each: two to train with, one to test with); {patients} were asked for");
        }

        var random = new Random(seed);
        var order = Enumerable.Range(0, patients).ToArray();
        random.Shuffle(order);
        var plans = new PatientPlan[patients];
        for (var type = 0; type < types; type++)
        {
            var members = order.Where((_, rank) => rank % types == type).ToArray();
            var unlabelled = members.Length / 8;
            var test = (members.Length - unlabelled + 2) / 4;
            for (var i = 0; i < members.Length; i++)
            {
                var split = i < unlabelled ? "" : i < unlabelled + test ? "test" : "train";
                var slides = split.Length == 0 ? 0 : 1 + random.Next(2);
                plans[members[i]] = new PatientPlan($"P{members[i] + 1:000}", type, split, slides, random.Next());
            }
        }

        return plans;
    }
}

namespace MhdNet.Training.Conformance;

/// <summary>The tolerances of the fixtures, in float32 without TF32.</summary>
internal static class Tolerances
{
    /// <summary>Of every gradient norm by itself: a ReLU input near zero that flips moves the norms below it by percents.</summary>
    public const double GradientNorm = 3e-2;

    /// <summary>Of the median over a network's gradient norms.</summary>
    public const double MedianGradientNorm = 2e-3;

    /// <summary>Gradient norms below this share of the network's largest need only stay that small.</summary>
    public const double NegligibleNorm = 1e-5;

    /// <summary>Of any tensor but a gradient norm.</summary>
    public static double Of(string name) => name.Split('.')[0] switch
    {
        "teacher" or "memory_after" => 2e-4,
        "student" or "running" => 1e-3,
        "loss" => 3e-4,
        "conmb_grad" => 3e-2,
        _ => throw new InvalidDataException($"the fixture expects '{name}', which is no tensor of a step"),
    };
}

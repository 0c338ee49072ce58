namespace MhdNet.Training.Options;

/// <summary>Options that do nothing beside others: who gives one by hand expects something of it.</summary>
public static class OptionsUse
{
    private static readonly string[] OfStudents = ["student_blocks", "student_epochs", "student_memory", "alpha_mse", "alpha_kl", "tau"];
    private static readonly string[] OfShfm = ["kappa", "attention_kernel", "reduction"];
    private static readonly string[] OfBothScans = ["fusion", "memory_items", "decay", "read_temperature", "reseed_after", "alpha_conmb", .. OfShfm];

    /// <summary>Checks fields that were given by hand; those of a preset are not, for a preset names every field.</summary>
    /// <param name="options">The options as they came to be.</param>
    /// <param name="overrides">Each <c>name=value</c>, as for <see cref="OptionsFile.Override"/>.</param>
    /// <returns>One sentence for each that has no effect; empty when all have one.</returns>
    public static IReadOnlyList<string> Check(MhdOptions options, IEnumerable<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(options);
        var idle = Idle(options).ToLookup(field => field.Name, field => field.Because);
        return [.. OptionsFile.Names(overrides).Where(idle.Contains).Select(name => $"{name} is given, but {idle[name].First()}, where it has no effect; leave it out.")];
    }

    private static IEnumerable<(string Name, string Because)> Idle(MhdOptions o)
    {
        var network = $"network is {OptionsFile.NameOf(o.Network)}";
        return
        [
            .. When(o.Network != TrainedNetwork.MhdNet, network, OfStudents),
            .. When(o.Network is TrainedNetwork.Radiology or TrainedNetwork.Pathology, network, OfBothScans),
            .. When(o.Network == TrainedNetwork.Radiology, network, "pairing"),
            .. When(o.Network == TrainedNetwork.Pathology, network, "window_low", "window_high"),
            .. When(o.Fusion == Fusion.Concatenation, "fusion is concatenation", OfShfm),
            .. When(o.PlateauPatience == 0, "plateau_patience is 0", "plateau_factor"),
        ];
    }

    private static IEnumerable<(string, string)> When(bool so, string because, params string[] names) => so ? names.Select(name => (name, because)) : [];
}

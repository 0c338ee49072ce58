namespace MhdNet.Training.Network.Sizes;

/// <summary>A network and its modules.</summary>
/// <param name="Name"><c>teacher</c>, <c>memory</c> or <c>student</c>.</param>
/// <param name="Modules">In the order in which they are run.</param>
public sealed record NetworkSize(string Name, IReadOnlyList<ModuleSize> Modules)
{
    /// <summary>All trained numbers.</summary>
    public long Parameters => Modules.Sum(module => module.Parameters);

    /// <summary>Multiply-adds of a forward pass of one sample.</summary>
    public long MultiplyAdds => Modules.Sum(module => module.MultiplyAdds);

    /// <summary>Trained numbers of the modules whose name starts so.</summary>
    public long ParametersOf(string prefix) => Modules.Where(module => module.Module.StartsWith(prefix, StringComparison.Ordinal)).Sum(module => module.Parameters);
}

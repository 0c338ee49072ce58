using System.Collections.Immutable;

namespace MhdNet.Host.Status;

/// <summary>The parts of a program that fail again and again. Immutable.</summary>
internal sealed class PartProblems
{
    private readonly ImmutableSortedDictionary<string, PartState> _wrong;

    private PartProblems(ImmutableSortedDictionary<string, PartState> wrong) => _wrong = wrong;

    /// <summary>All parts work.</summary>
    public static PartProblems None { get; } = new(ImmutableSortedDictionary.Create<string, PartState>(StringComparer.Ordinal));

    /// <summary>The last word on each part that does not work.</summary>
    public IReadOnlyList<PartState> All => [.. _wrong.Values];

    /// <summary>The same for people, <c>workers: …</c>.</summary>
    public IReadOnlyList<string> Sentences => [.. _wrong.Values.Select(state => $"{state.Part}: {state.Problem}")];

    /// <summary>After one more word.</summary>
    public PartProblems After(PartState state) => new(state.Problem is null ? _wrong.Remove(state.Part) : _wrong.SetItem(state.Part, state));
}

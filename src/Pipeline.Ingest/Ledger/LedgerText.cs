using System.Globalization;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Ledger;

/// <summary>How values stand in the ledger's columns: words in lower case, times as ISO 8601 in UTC, which sort as text.</summary>
internal static class LedgerText
{
    /// <summary><c>seen</c>, <c>ready</c>, …</summary>
    public static string Of(ItemState state) => Lower(state.ToString());

    /// <summary><c>ct</c>, <c>slide</c> or <c>file</c>.</summary>
    public static string Of(ItemKind kind) => Lower(kind.ToString());

    /// <summary><c>2026-11-24T04:18:22.1234567+00:00</c>.</summary>
    public static string Of(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The word of a probe's answer.</summary>
    public static string Of(ProbeResult probe) => probe switch
    {
        ProbeResult.CtSlice => "ct",
        ProbeResult.Slide => "slide",
        ProbeResult.Neither => "neither",
        _ => "unreadable",
    };

    /// <summary>The state of a word.</summary>
    public static ItemState State(string word) => Enum.Parse<ItemState>(word, ignoreCase: true);

    /// <summary>The kind of a word.</summary>
    public static ItemKind Kind(string word) => Enum.Parse<ItemKind>(word, ignoreCase: true);

    /// <summary>The time of a text.</summary>
    public static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);

    /// <summary>The reason of its two columns.</summary>
    public static Reason? Reason(string? code, string? sentence) => code is null ? null : new Reason(code, sentence ?? "");

#pragma warning disable CA1308 // The words of the ledger are lower case by definition.
    private static string Lower(string word) => word.ToLowerInvariant();
#pragma warning restore CA1308
}

using System.Security.Cryptography;
using System.Text;

namespace MhdNet.Ingest.Items;

/// <summary>
/// The name of an item: a valid folder name, readable by people, and the same at every scan of the same delivery.
/// Form: <c>patient-kind-xxxxxxxxxx</c>, ten hexadecimal digits of SHA-256.
/// </summary>
/// <param name="Value">The text.</param>
public readonly record struct ItemId(string Value)
{
    /// <summary>The item of one CT series of one patient.</summary>
    public static ItemId OfSeries(string patient, string seriesInstanceUid) => Of(patient, "ct", seriesInstanceUid);

    /// <summary>The item of one slide, whatever its name.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="content">What tells the slide from others (<c>SlideContent</c>).</param>
    public static ItemId OfContent(string patient, string content) => Of(patient, "slide", "content\n" + content);

    /// <summary>The item of one slide that nobody has read yet; <paramref name="relativePath"/> is relative to the drop folder.</summary>
    public static ItemId OfSlide(string patient, string relativePath) => Of(patient, "slide", relativePath);

    /// <summary>The item of a file that is neither; <paramref name="relativePath"/> is relative to the drop folder.</summary>
    public static ItemId OfFile(string patient, string relativePath) => Of(patient, "file", relativePath);

    /// <summary>Whether it may be an item of a patient, as far as the name tells: of ids that differ in other signs than letters, digits, <c>-</c> and <c>_</c> it is the same.</summary>
    public bool IsNamedAfter(string patient) => Value.StartsWith(FolderName(patient) + "-", StringComparison.Ordinal)
        && Value[(FolderName(patient).Length + 1)..].Split('-') is ["ct" or "slide" or "file", { Length: 10 }];

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static ItemId Of(string patient, string kind, string what)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{patient}\n{kind}\n{what}"));
        return new ItemId($"{FolderName(patient)}-{kind}-{Convert.ToHexStringLower(hash)[..10]}");
    }

    private static string FolderName(string patient)
    {
        var name = new string([.. patient.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        return name.Length switch { 0 => "unknown", > 40 => name[..40], _ => name };
    }
}

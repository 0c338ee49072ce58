using MhdNet.Host.Commands;
using MhdNet.Ingest.Items;

namespace MhdNet.Host.Batch;

/// <summary>Which file of outlines is of which slide: <c>name.geojson</c>, or, where several slides of a call have that name, <c>item.geojson</c> for each.</summary>
/// <param name="alike">The slides that have the same name.</param>
internal sealed class MaskNames(IReadOnlyList<string> alike)
{
    /// <summary>The outlines given for a slide, or null where there are none.</summary>
    /// <exception cref="InputException">They could be another slide's.</exception>
    public string? In(string folder, string slide)
    {
        var plain = Path.Combine(folder, Path.GetFileNameWithoutExtension(slide) + ".geojson");
        if (alike.Count > 1 && File.Exists(plain))
        {
            throw new InputException($"{plain} could be of {string.Join(" or ", alike)}. Name it {string.Join(" or ", alike.Select(path => Path.GetFileName(Out(folder, path))))}.");
        }

        return File.Exists(Out(folder, slide)) ? Out(folder, slide) : null;
    }

    /// <summary>Where a slide's outlines go.</summary>
    public string Out(string folder, string slide)
    {
        var name = Path.GetFileNameWithoutExtension(slide);
        return Path.Combine(folder, $"{(alike.Count > 1 ? ItemId.OfSlide(name, slide).Value : name)}.geojson");
    }
}

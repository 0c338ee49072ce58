namespace MhdNet.Tiling.Phantom;

/// <summary>Real patch images, one sub-folder for each tumour type, shared out so that no image serves two patients.</summary>
public sealed class PatchPool
{
    private readonly IReadOnlyList<string>[] _files;

    private PatchPool(IReadOnlyList<string> folders, IReadOnlyList<string>[] files) => (Folders, _files) = (folders, files);

    /// <summary>The sub-folder of each type, in the types' order.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>
    /// Reads the lists of files (JPEG, PNG). A type gets the sub-folder of its name; where not all types have one, the sub-folders go to the types in alphabetical order.
    /// </summary>
    /// <param name="folder">The folder of sub-folders.</param>
    /// <param name="types">The types' names.</param>
    /// <exception cref="InvalidDataException">Missing, or too few sub-folders with images; the message names the folder.</exception>
    public static PatchPool Open(string folder, IReadOnlyList<string> types)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException($"{folder} is not there. Give a folder with one sub-folder of patch images for each type.");
        }

        var present = Directory.GetDirectories(folder).Where(sub => Images(sub).Count > 0).Select(sub => Path.GetFileName(sub)!).Order(StringComparer.Ordinal).ToList();
        if (present.Count < types.Count)
        {
            throw new InvalidDataException($"{folder} has {present.Count} sub-folders with JPEG or PNG images ({string.Join(", ", present)}), but there are {types.Count} types ({string.Join(", ", types)}).");
        }

        IReadOnlyList<string> folders = [.. (types.All(present.Contains) ? types : present.Take(types.Count)).Select(name => Path.Combine(folder, name))];
        return new PatchPool(folders, [.. folders.Select(Images)]);
    }

    /// <summary>One patient's images of a type: every <paramref name="patients"/>-th, so the shares of different patients are disjoint.</summary>
    /// <param name="typeIndex">The type, from 0.</param>
    /// <param name="patient">The patient among those of the type, from 0.</param>
    /// <param name="patients">Patients of the type.</param>
    /// <exception cref="InvalidDataException">There are fewer images than patients; the message names the folder.</exception>
    public IReadOnlyList<string> Share(int typeIndex, int patient, int patients)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patient);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(patient, patients);
        var files = _files[typeIndex];
        return files.Count < patients
            ? throw new InvalidDataException($"{Folders[typeIndex]} has {files.Count} images for {patients} patients; each needs at least one of its own.")
            : [.. files.Where((_, i) => i % patients == patient)];
    }

    private static List<string> Images(string folder) =>
        [.. Directory.GetFiles(folder).Where(file => Path.GetExtension(file).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png").Order(StringComparer.Ordinal)];
}

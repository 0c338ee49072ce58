using System.Globalization;
using System.Text;
using System.Text.Json;
using MhdNet.Host.Commands;
using MhdNet.Ingest.Phantom;
using MhdNet.Ingest.Sequences;
using MhdNet.Tiling.Phantom;

namespace MhdNet.Host.Synthetic;

/// <summary>
/// Writes a cohort the way a hospital delivers one: a folder for each patient, with DICOM files of meaningless names, a localizer beside the series, slides where
/// there are any, and <c>labels.csv</c> last. What was drawn is in <c>.cohort.json</c>, which a drop folder's watcher passes over.
/// </summary>
/// <param name="folder">Where to.</param>
/// <param name="types">Names of the types.</param>
/// <param name="plan">Who is in the cohort.</param>
/// <param name="patches">Real patches to build slides from, or null.</param>
/// <param name="background">A real series to put lesions in, or null.</param>
/// <param name="contrast">How far apart the types are on CT; 1 as docs/cohort.md says.</param>
internal sealed class CohortWriter(string folder, IReadOnlyList<string> types, IReadOnlyList<PatientPlan> plan, PatchPool? patches, CtBackground? background, double contrast)
{
    private const long SlidesAndPictures = 40_000_000;

    /// <summary>Writes all patients, one after the other; each appears whole.</summary>
    /// <exception cref="InputException">The disk has too little room for the next patient.</exception>
    /// <param name="written">Told after each patient.</param>
    /// <param name="stop">Ends after the patient under way.</param>
    public void Write(Action<PatientPlan> written, CancellationToken stop)
    {
        var labels = new StringBuilder("patient_id,type,split,tumor_slices\n");
        var drawn = new List<object>();
        foreach (var patient in plan)
        {
            stop.ThrowIfCancellationRequested();
            RequireRoom();
            var home = Path.Combine(folder, "." + patient.Id); // passed over by who watches
            var ct = CtPhantom.Write(Path.Combine(home, "CT"), patient.Id, patient.TypeIndex, types.Count, patient.Seed, background, contrast: contrast);
            DrawnSlide[] slides = [.. Enumerable.Range(1, patient.Slides).Select(number => Slide(patient, home, number))];
            Directory.Move(home, Path.Combine(folder, patient.Id));
            labels.Append(CultureInfo.InvariantCulture, $"{patient.Id},{(patient.Labelled ? types[patient.TypeIndex] : "")},{patient.Split},{(patient.Labelled ? ct.TumorSlices.ToString() : "")}\n");
            drawn.Add(new { patient = patient.Id, type = types[patient.TypeIndex], patient.Split, ct, slides });
            written(patient);
        }

        File.WriteAllText(Path.Combine(folder, ".cohort.json"), JsonSerializer.Serialize(new { software = Software.Name, types, ct_contrast = contrast, patients = drawn }, WorkJson.Options));
        var staged = Path.Combine(folder, ".labels.csv");
        File.WriteAllText(staged, labels.ToString());
        File.Move(staged, Path.Combine(folder, "labels.csv"));
    }

    /// <summary>Looked at before each patient: a cohort that breaks off in the middle of a patient has to be begun again.</summary>
    private void RequireRoom()
    {
        Directory.CreateDirectory(folder);
        var scan = background?.Volume.Scan ?? new PhantomScan();
        var (free, needed) = (new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace, SlidesAndPictures + ((long)scan.Slices * scan.Pixels * scan.Pixels * sizeof(short)));
        if (free < needed)
        {
            throw new InputException(FormattableString.Invariant($"The disk of {folder} has {free / 1e6:0} MB free, and the next patient needs {needed / 1e6:0} MB. Remove what was written, free some room or choose another disk, and begin again."), ExitCode.Environment);
        }
    }

    private DrawnSlide Slide(PatientPlan patient, string home, int number)
    {
        var path = Path.Combine(home, "WSI", $"{patient.Id}_{number}.tif");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return SlidePhantom.Write(path, patient.TypeIndex, types.Count, unchecked(patient.Seed + (number * 7919)), Share(patient));
    }

    private IReadOnlyList<string>? Share(PatientPlan patient)
    {
        if (patches is null)
        {
            return null;
        }

        var others = plan.Where(each => each.TypeIndex == patient.TypeIndex && each.Slides > 0).ToList();
        return patches.Share(patient.TypeIndex, others.IndexOf(patient), others.Count);
    }
}

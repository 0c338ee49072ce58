using System.CommandLine;
using MhdNet.Host.Synthetic;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Phantom;
using MhdNet.Tiling.Phantom;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet cohort</c>.</summary>
internal static class CohortCommand
{
    public static Command Create()
    {
        var output = new Option<DirectoryInfo>("--out") { Description = "Where to: OUT/<patient>/CT, OUT/<patient>/WSI, OUT/labels.csv. Usually a drop folder.", HelpName = "DIR", Required = true };
        var patients = new Option<int>("--patients") { Description = "How many patients; at least three of each type.", HelpName = "N", Required = true };
        var types = new Option<string>("--types") { Description = "Names of the tumour types, with commas between.", HelpName = "A,B1,TC", Required = true };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same bytes.", HelpName = "S", Required = true };
        var slides = new Option<DirectoryInfo?>("--slides") { Description = "Builds the slides from real H&E: a folder with one sub-folder of patch images for each type.", HelpName = "PATCHES" };
        var ct = new Option<DirectoryInfo?>("--ct") { Description = "Blends the lesions into a real axial CT series: a folder of DICOM files.", HelpName = "VOLUME" };
        var contrast = new Option<double>("--ct-contrast") { Description = "Times the distance between the types' means on CT. 1: neighbouring types overlap, as docs/cohort.md tells; 3: they stand three deviations apart.", HelpName = "F", DefaultValueFactory = _ => 1 };
        var command = new Command("cohort", "Makes a synthetic cohort of raw files: DICOM series with a lesion that depends weakly on the type, H&E-like slides that depend strongly on it, and labels. docs/cohort.md tells how it is drawn.")
        {
            output, patients, types, seed, slides, ct, contrast,
        };
        // On another thread: Ctrl-C is heard only once the action has returned its task.
        command.SetAction((parsed, stop) => Task.Run(() => Write(
            parsed.GetRequiredValue(output), parsed.GetRequiredValue(patients), Names(parsed.GetRequiredValue(types)), parsed.GetRequiredValue(seed), parsed.GetValue(slides), parsed.GetValue(ct), parsed.GetValue(contrast), stop)));
        return command;
    }

    private static string[] Names(string types)
    {
        var names = types.Split(',', StringSplitOptions.TrimEntries);
        return names.Any(name => name.Length == 0 || name == Training.Labels.LabelsRead.Other) || names.Distinct().Count() < names.Length
            ? throw new InputException($"--types is '{types}'. Give different names with commas between, none of them empty or 'other': A,B1,TC.")
            : names;
    }

    private static int Write(DirectoryInfo output, int patients, string[] types, int seed, DirectoryInfo? patches, DirectoryInfo? ct, double contrast, CancellationToken stop)
    {
        if (output.Exists && output.EnumerateFileSystemInfos().Any())
        {
            throw new InputException($"{output.FullName} is not empty, and a cohort is not mixed with other files. Give a new folder.");
        }

        if (contrast is not (>= 0 and <= CtDistribution.LargestContrast))
        {
            throw new InputException(FormattableString.Invariant($"--ct-contrast is {contrast}; give a number from 0 to {CtDistribution.LargestContrast}."));
        }

        CohortWriter writer;
        try
        {
            var plan = CohortPlan.Draw(patients, types.Length, seed);
            Natives.Require();
            writer = new CohortWriter(
                output.FullName, types, plan,
                patches is null ? null : PatchPool.Open(patches.FullName, types),
                ct is null ? null : CtBackground.Load(ct.FullName, DicomLibrary.Reader()),
                contrast);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or DirectoryNotFoundException)
        {
            throw new InputException(e.Message);
        }

        try
        {
            var written = 0;
            writer.Write(patient => Console.WriteLine($"{patient.Id}: {types[patient.TypeIndex]}, CT and {Ingest.Items.Counted.Of(patient.Slides, "slide")} ({++written} of {patients})"), stop);
        }
        catch (OperationCanceledException)
        {
            throw new InputException($"stopped; {output.FullName} holds a part of the cohort and no labels.csv. Remove it before the next try.", ExitCode.Failed);
        }

        return ExitCode.Ok;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using MhdNet.Ingest.Ct;
using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Drop;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Sequences;
using MhdNet.Training.Cohorts;
using MhdNet.Training.Inference;
using MhdNet.Training.Labels;
using MhdNet.Training.Phases;
using MhdNet.Training.Results;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet predict</c>.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var work = CommandOptions.Work();
        var run = new Option<string?>("--run") { Description = "The run whose student types. Default: the newest completed one.", HelpName = "NAME" };
        var ct = new Option<DirectoryInfo>("--ct") { Description = "A folder of DICOM files of one patient, at any depth.", HelpName = "DIR", Required = true };
        var patient = new Option<string?>("--patient") { Description = "The patient's id. Default: the PatientID of the files.", HelpName = "ID" };
        var (config, json) = (CommandOptions.Config(), CommandOptions.Json());
        var command = new Command("predict", "Types one patient from a folder of CT files with the student of a completed run. Reads no slide and no label. Writes predictions/<patient>.json.") { work, run, ct, patient, config, json };
        command.SetAction(async (parsed, stop) =>
        {
            var finished = WorkFolders.FinishedRun(parsed.GetRequiredValue(work), parsed.GetValue(run));
            if (!finished.HasStudent)
            {
                throw new InputException($"{finished.Name} trained one network and no student, and only a student types patients from CT. Name another run with --run, or train one with network=mhd-net.");
            }

            Natives.Require();
            var settings = Hosting.Settings.Load(parsed.GetValue(config));
            Natives.RequireArithmetic(settings, null, $"run {finished.Name}", finished.Options);
            return await Predict(finished, parsed.GetRequiredValue(ct), parsed.GetValue(patient), CtSettings.From(settings), parsed.GetValue(json)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> Predict(RunFolder run, DirectoryInfo ct, string? patientGiven, CtSettings settings, bool json)
    {
        var reader = DicomLibrary.Reader();
        var shelf = new HeaderShelf(long.MaxValue);
        var series = Series(ct, reader, shelf);
        var patients = series.Select(each => each.Key.PatientId).Distinct(StringComparer.Ordinal).ToList();
        if (patients.Count > 1)
        {
            throw new InputException($"The files in {ct.FullName} are of {patients.Count} patients ({string.Join(", ", patients.Take(5))}{(patients.Count > 5 ? ", …" : "")}), and one is typed at a time. Give one patient's folder; --patient only names its patient.");
        }

        var patient = patientGiven ?? (patients[0].Length > 0 ? patients[0] : throw new InputException($"The files in {ct.FullName} name no patient. Say with --patient whose they are."));

        // The sequences are read once and thrown away: what a work folder keeps comes through its drop folder.
        var scratch = Directory.CreateTempSubdirectory("mhdnet-predict-");
        try
        {
            var store = new SequenceStore(scratch.FullName);
            var sequences = await Read(series, patient, settings, store, reader, shelf).ConfigureAwait(false);
            if (sequences.Count == 0)
            {
                throw new InputException($"None of the {series.Count} series in {ct.FullName} can be typed; the lines above say why.", ExitCode.Failed);
            }

            var prediction = new FinishedRun(run, new PhaseFactory()).Type([new CohortPatient(patient, Split.Predict, -1, sequences, [])], scratch.FullName)[0];
            Print(prediction, json);
            return prediction.Sequences.Count == 0 ? ExitCode.Failed : ExitCode.Ok; // "no tumour sequence found" is a result
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static List<IGrouping<(string PatientId, string Uid), string>> Series(DirectoryInfo folder, IDicomReader reader, HeaderShelf shelf)
    {
        if (!folder.Exists)
        {
            throw new InputException($"There is no folder {folder.FullName}. Give the folder of the patient's DICOM files.");
        }

        var probe = new CtFileProbe(reader, shelf);
        var files = folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Select(file => (Path: file.FullName, Slice: probe.Probe(file.FullName) as ProbeResult.CtSlice)).Where(file => file.Slice is not null);
        var series = files.GroupBy(file => (file.Slice!.PatientId, file.Slice.SeriesInstanceUid), file => file.Path).ToList();
        return series.Count > 0 ? series : throw new InputException($"No file in {folder.FullName} is DICOM. Give the folder of the patient's CT series.");
    }

    private static async Task<List<CtSequence>> Read(List<IGrouping<(string PatientId, string Uid), string>> series, string patient, CtSettings settings, SequenceStore store, IDicomReader reader, HeaderShelf shelf)
    {
        using var system = ActorSystem.Create("mhdnet", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        using var materializer = system.Materializer();
        var sequences = new List<CtSequence>();
        foreach (var one in series)
        {
            var job = new Job(ItemId.OfSeries(patient, one.Key.Uid), ItemKind.Ct, patient, [.. one], 1) { Headers = shelf.Take([.. one]) };
            switch (await CtStream.Process(job, settings, store, reader).Run(materializer).ConfigureAwait(false))
            {
                case Outcome.Done:
                    sequences.AddRange(store.ReadManifest<CtFrame, JsonElement>(job.Item).Sequences.Select(entry => new CtSequence(patient, $"sequences/{job.Item}/{entry.File}", -1)));
                    break;
                case Outcome.Rejected rejected:
                    await Console.Error.WriteLineAsync($"not used, {rejected.Reason}").ConfigureAwait(false);
                    break;
                case Outcome.Failed failed:
                    await Console.Error.WriteLineAsync($"failed, {failed.Reason}").ConfigureAwait(false);
                    break;
            }
        }

        return sequences;
    }

    private static void Print(PatientPrediction prediction, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(prediction, WorkJson.Options));
            return;
        }

        Console.WriteLine($"{prediction.Patient}: {prediction.Verdict}");
        foreach (var (type, probability) in prediction.Probabilities.OrderByDescending(pair => pair.Value))
        {
            Console.WriteLine($"  {type,-8} {probability.ToString("0.000", CultureInfo.InvariantCulture)}");
        }

        Console.WriteLine(prediction.Note);
    }
}

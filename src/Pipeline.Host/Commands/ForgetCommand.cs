using System.CommandLine;
using MhdNet.Host.Forgetting;
using MhdNet.Ingest.Forgetting;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using MhdNet.Training.Results;

namespace MhdNet.Host.Commands;

/// <summary><c>mhdnet forget</c>.</summary>
internal static class ForgetCommand
{
    public static Command Create()
    {
        var work = CommandOptions.Work();
        var patient = new Argument<string>("PATIENT") { Description = "The patient's id as 'mhdnet status' shows it; the pseudonym where ids are hidden." };
        var command = new Command(
            "forget",
            "Removes a patient: sequences, quality pictures, tables of tiles, prediction, and every row of the ledger with its history. Works while a host runs (it does it) and while none does. What lies on in the drop folder is not touched and not read again; what was learned from the patient stays in the runs, which are named.")
        {
            patient, work,
        };
        command.SetAction((parsed, stop) => Run(Path.GetFullPath(parsed.GetRequiredValue(work).FullName), parsed.GetRequiredValue(patient), stop));
        return command;
    }

    private static async Task<int> Run(string work, string patient, CancellationToken stop)
    {
        var items = LedgerItems.Of(work).Where(item => item.Patient == patient).ToList();
        var prediction = Path.Combine(work, "predictions", PatientPrediction.FileName(patient));
        var isPredicted = File.Exists(prediction);
        if (items.Count == 0 && !isPredicted)
        {
            throw new InputException($"No item of the ledger is of a patient '{patient}'. 'mhdnet status --all' lists the patients. Nothing was changed.");
        }

        RequireNoOpenRun(work, patient);
        File.Delete(prediction); // first: whoever is killed on the way leaves none behind
        await HostRequest.Carry(
            work,
            (folder, ledger) => PatientEraser.Run(ledger, folder.Store, patient, TimeProvider.System.GetUtcNow()),
            () => ForgetRequest.Post(work, patient),
            "mhdnet forget",
            stop).ConfigureAwait(false);
        File.Delete(prediction); // a host at work may have written it anew
        Tell(work, patient, items, isPredicted);
        return ExitCode.Ok;
    }

    /// <summary>A run that is to go on reads the sequences that it began with.</summary>
    private static void RequireNoOpenRun(string work, string patient)
    {
        if (RunFolder.All(work) is [.., var run] && run.Outcome() is null or { End: RunEnd.Stopped or RunEnd.Failed } && run.Cohort.Patients.Any(each => each.Patient == patient))
        {
            throw new InputException(
                $"{run.Path} was begun with {patient} and has not come to its end: without the patient's sequences it could not go on. Let it finish, or stop the host and remove that folder; then give the command again. Nothing was changed.");
        }
    }

    private static void Tell(string work, string patient, List<ItemRecord> items, bool isPredicted)
    {
        var refused = items.Count(item => item.Reason?.Code == LedgerRules.Forgotten);
        Console.WriteLine(refused > 0 && refused == items.Count
            ? $"{patient} is forgotten already."
            : $"{patient}: {Counted.Of(items.Count, "item")}, {Counted.Of(items.Sum(item => item.Sequences), "sequence")}{(isPredicted ? ", the prediction" : "")} and the ledger's rows with their history are removed.");
        if (items.Where(item => item.Content.Length > 0).Select(item => item.Path).Distinct().ToList() is { Count: > 0 } paths)
        {
            Console.WriteLine($"The files of {patient} in the drop folder were not touched: delete them too ({string.Join(", ", paths.Take(5))}{(paths.Count > 5 ? ", …" : "")}). While they lie there they are not read, and 'mhdnet status' lists them as rejected, forgotten.");
        }

        var places = Mentions.Of(work, patient);
        var runs = places.Where(place => place.StartsWith("runs/", StringComparison.Ordinal)).ToList();
        if (runs.Count > 0)
        {
            Console.WriteLine($"{string.Join(", ", runs)} {(runs.Count == 1 ? "was" : "were")} made with {patient}: checkpoints keep what was learned, tables and report the name. Remove {(runs.Count == 1 ? "the folder" : "the folders")} to forget that too.");
        }

        if (places.Except(runs).ToList() is { Count: > 0 } others)
        {
            Console.WriteLine($"{patient} is also named in {string.Join(", ", others)} (logs go by themselves after two weeks).");
        }
    }
}

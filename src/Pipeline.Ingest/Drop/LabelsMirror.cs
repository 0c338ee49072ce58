using System.Globalization;
using Akka.Actor;
using Akka.Event;
using CsvHelper;
using CsvHelper.Configuration;

namespace MhdNet.Ingest.Drop;

/// <summary>Keeps a copy of the labels with pseudonyms in place of the patients' ids, for all who read labels. Other columns than the program's own are left out.</summary>
public sealed class LabelsMirror : ReceiveActor, IWithTimers
{
    private static readonly string[] Columns = ["patient_id", "type", "split", "tumor_slices"];
    private readonly string _source;
    private readonly string _copy;
    private readonly Pseudonyms _pseudonyms;
    private readonly TimeSpan _interval;
    private (DateTime Changed, long Length)? _seen;

    /// <summary>A mirror.</summary>
    /// <param name="source">The labels with the patients' ids; need not be there yet.</param>
    /// <param name="copy">Where the copy lies.</param>
    /// <param name="pseudonyms">How ids are hidden.</param>
    /// <param name="interval">Wait between two looks.</param>
    public LabelsMirror(string source, string copy, Pseudonyms pseudonyms, TimeSpan interval)
    {
        (_source, _copy, _pseudonyms, _interval) = (source, copy, pseudonyms, interval);
        Receive<Look>(_ => CopyIfChanged());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer("look", new Look(), TimeSpan.Zero, _interval);

    /// <summary>Copies labels once; a reader of the copy sees the old one or the new one.</summary>
    /// <exception cref="CsvHelperException">The source is no CSV file.</exception>
    public static void Copy(string source, string copy, Pseudonyms pseudonyms)
    {
        using (var text = new StreamReader(source))
        using (var written = new StreamWriter(copy + ".new"))
        using (var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { DetectDelimiter = true, DetectDelimiterValues = [",", ";"], TrimOptions = TrimOptions.Trim, MissingFieldFound = null }))
        using (var to = new CsvWriter(written, CultureInfo.InvariantCulture))
        {
            string[] header = csv.Read() && csv.ReadHeader() ? [.. csv.HeaderRecord!.Select(name => name.Trim().ToLowerInvariant())] : [];
            int[] known = [.. Columns.Select(name => Array.IndexOf(header, name)).Where(at => at >= 0)];
            Write(known.Select(at => header[at]));
            while (csv.Read())
            {
                Write(known.Select(at => header[at] == Columns[0] ? pseudonyms.Of(csv.GetField(at) ?? "") : csv.GetField(at) ?? ""));
            }

            void Write(IEnumerable<string> fields)
            {
                foreach (var field in fields)
                {
                    to.WriteField(field);
                }

                to.NextRecord();
            }
        }

        File.Move(copy + ".new", copy, overwrite: true);
    }

    private void CopyIfChanged()
    {
        var file = new FileInfo(_source);
        var now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : ((DateTime, long)?)null;
        if (now is null || now == _seen)
        {
            return;
        }

        try
        {
            Copy(_source, _copy, _pseudonyms);
            _seen = now;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            Context.GetLogger().Warning("The labels could not be read, and those read before are used on: {0}", e is CsvHelperException ? "they are no CSV file." : e.Message);
        }
    }

    private sealed record Look;
}

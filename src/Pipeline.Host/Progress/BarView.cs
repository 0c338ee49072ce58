using System.Globalization;
using Spectre.Console;

namespace MhdNet.Host.Progress;

/// <summary>Bars on a terminal: one for the drop folder, one a phase of the training. Lines that stay scroll above them.</summary>
public sealed class BarView : IProgressView
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly IAnsiConsole _console;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _drawing;
    private volatile ProgressBoard _board = ProgressBoard.Empty;

    /// <summary>Begins to draw.</summary>
    public BarView(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _drawing = console.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => Draw(context, time));
    }

    /// <inheritdoc/>
    public void Line(string text) => _console.WriteLine(text);

    /// <inheritdoc/>
    public void Show(ProgressBoard board) => _board = board;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _drawing.ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task Draw(ProgressContext context, TimeProvider time)
    {
        var bars = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
        using var timer = new PeriodicTimer(Refresh, time);
        do
        {
            var board = _board;
            Bar("drop folder").Description = $"drop folder: {board.Finished} of {board.Seen} items read, {board.Done} usable";
            Bar("drop folder").MaxValue = Math.Max(1, board.Seen);
            Bar("drop folder").Value = board.Finished;
            foreach (var news in board.Phases)
            {
                Bar(news.Phase).Description = string.Create(CultureInfo.InvariantCulture, $"{news.Phase}: epoch {news.Epoch} of {news.Epochs}, loss {news.Loss:0.000}, validation {100 * news.Validation:0} %");
                Bar(news.Phase).MaxValue = 1;
                Bar(news.Phase).Value = ProgressBoard.Share(news);
            }
        }
        while (await Next(timer).ConfigureAwait(false));

        ProgressTask Bar(string name) => bars.TryGetValue(name, out var bar) ? bar : bars[name] = context.AddTask(Markup.Escape(name));
    }

    private async Task<bool> Next(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

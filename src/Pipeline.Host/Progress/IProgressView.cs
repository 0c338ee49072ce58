namespace MhdNet.Host.Progress;

/// <summary>Where a person follows the work.</summary>
public interface IProgressView : IAsyncDisposable
{
    /// <summary>A line that stays.</summary>
    void Line(string text);

    /// <summary>How far everything is now.</summary>
    void Show(ProgressBoard board);
}

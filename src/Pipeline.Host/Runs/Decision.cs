using MhdNet.Host.Status;

namespace MhdNet.Host.Runs;

/// <summary>What the director does next.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Nothing for now.</summary>
    /// <param name="Activity">What the host does meanwhile.</param>
    /// <param name="Why">For <c>mhdnet status</c>.</param>
    public sealed record Wait(Activity Activity, string Why) : Decision;

    /// <summary>Starts a run, or goes on with the interrupted one.</summary>
    public sealed record Train : Decision;

    /// <summary>Writes the report of the run whose training ended.</summary>
    public sealed record Report : Decision;

    /// <summary>Types patients with the newest run's student.</summary>
    public sealed record Type(IReadOnlyList<string> Patients) : Decision;

    /// <summary>Ends the host.</summary>
    /// <param name="ExitCode">What the program ends with.</param>
    /// <param name="Sentence">The last line.</param>
    public sealed record End(int ExitCode, string Sentence) : Decision;
}

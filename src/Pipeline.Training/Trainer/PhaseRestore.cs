using MhdNet.Training.Results;

namespace MhdNet.Training.Trainer;

/// <summary>A phase as its checkpoints have it.</summary>
/// <param name="Phase">The network.</param>
/// <param name="Progress">How far it has come.</param>
/// <param name="Damage">What was wrong with the last checkpoint; null where nothing was.</param>
/// <param name="SetAside">Where a damaged one is now.</param>
/// <param name="FromBest">Whether the best one took its place.</param>
internal sealed record PhaseRestore(ITrainingPhase Phase, PhaseProgress Progress, Exception? Damage = null, string SetAside = "", bool FromBest = false)
{
    /// <summary>Makes the network of a phase in the state of its last checkpoint; where that cannot be read, of its best one; where there is none yet, at its beginning. All three lead to the same end.</summary>
    /// <param name="fresh">Makes the network at its seeded beginning.</param>
    /// <param name="checkpoints">The phase's checkpoints.</param>
    /// <exception cref="InvalidDataException">Neither can be read; everything stays where it is.</exception>
    public static PhaseRestore Of(Func<ITrainingPhase> fresh, CheckpointFolder checkpoints)
    {
        if (!checkpoints.Exists())
        {
            return new PhaseRestore(fresh(), checkpoints.Progress());
        }

        try
        {
            var progress = checkpoints.Progress(); // before there is a network that would have to be freed
            return new PhaseRestore(Loaded(fresh, checkpoints.Last), progress);
        }
        catch (Exception e) when (e is InvalidDataException or IOException && Directory.Exists(checkpoints.Best))
        {
            var progress = checkpoints.BestProgress();
            return new PhaseRestore(Loaded(fresh, checkpoints.Best), progress, e, checkpoints.FallBack(), FromBest: true);
        }
        catch (InvalidDataException e) when (!Directory.Exists(checkpoints.Best))
        {
            var aside = checkpoints.SetAside(); // no epoch was finished yet
            return new PhaseRestore(fresh(), checkpoints.Progress(), e, aside);
        }
    }

    private static ITrainingPhase Loaded(Func<ITrainingPhase> fresh, string folder)
    {
        var phase = fresh();
        try
        {
            phase.Load(folder);
            return phase;
        }
        catch
        {
            phase.Dispose();
            throw;
        }
    }
}

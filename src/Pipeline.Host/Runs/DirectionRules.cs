using MhdNet.Host.Commands;
using MhdNet.Host.Status;

namespace MhdNet.Host.Runs;

/// <summary>What comes next: a function of the situation alone.</summary>
public static class DirectionRules
{
    /// <summary>Decides.</summary>
    public static Decision Decide(Situation now) => now.Run switch
    {
        RunProgress.Training => new Decision.Wait(Activity.Training, "training"),
        RunProgress.Trained => new Decision.Report(),
        _ when now.Once && now.Blocked is not null => new Decision.End(ExitCode.Environment, now.Blocked),
        _ when !now.Settled => new Decision.Wait(Activity.Reading, "reading what arrived in the drop folder"),
        RunProgress.None or RunProgress.Interrupted => BeforeTraining(now),
        RunProgress.Failed => EndOrWait(now, Activity.Failed, ExitCode.Failed, "the run failed; 'mhdnet status' says why"),
        _ when now.LabelProblem is not null => EndOrWait(now, Activity.Waiting, ExitCode.BadInput, $"nobody can be typed: {now.LabelProblem}"),
        _ when now.Untyped.Count > 0 => new Decision.Type(now.Untyped),
        _ => EndOrWait(now, Activity.Finished, ExitCode.Ok, "everything is done"),
    };

    private static Decision BeforeTraining(Situation now)
    {
        if (!now.HasLabels)
        {
            return EndOrWait(now, Activity.Waiting, ExitCode.Ok, "there is no labels.csv, so there is nothing to train; everything in the drop folder was read");
        }

        if (now.LabelProblem is not null)
        {
            return EndOrWait(now, Activity.Waiting, ExitCode.BadInput, now.LabelProblem);
        }

        if (now.Lacking.Count > 0)
        {
            return EndOrWait(now, Activity.Waiting, ExitCode.Failed, "training cannot start: " + string.Join(" ", now.Lacking));
        }

        return now.Awaited.Count > 0 && !now.Once && now.Quiet < now.Patience
            ? new Decision.Wait(Activity.Waiting, $"waiting for {now.Awaited.Count} patients of the labels file: {string.Join(", ", now.Awaited.Take(5))}{(now.Awaited.Count > 5 ? ", …" : "")}")
            : new Decision.Train();
    }

    private static Decision EndOrWait(Situation now, Activity activity, int exitCode, string sentence) =>
        now.Once ? new Decision.End(exitCode, sentence) : new Decision.Wait(activity, sentence);
}

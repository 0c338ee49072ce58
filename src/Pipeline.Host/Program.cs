using System.CommandLine;
using System.CommandLine.Invocation;
using MhdNet.Host.Commands;

if (args is [WorkerCommand.Name, [not '-', ..]])
{
    return await WorkerCommand.Invoke().ConfigureAwait(false); // at once: a worker's start is waited for, and it needs no other command
}

var root = new RootCommand(
    """
    Types thymic tumours from CT. Learns from patients who have CT and pathology slides, then needs the CT alone.

    First steps:
      mhdnet doctor                                       is this machine ready?
      mhdnet cohort --out drop --patients 24 --types A,B1,TC --seed 1
      mhdnet run --drop drop --work work --preset tiny --once
      mhdnet status --work work

    Exit codes: 0 done, 1 the work failed or was stopped, 2 arguments or input cannot be used, 3 done, but some items were quarantined,
    4 the machine lacks something (see doctor).
    Research use only: no result of this program is a diagnosis.
    """)
{
    RunCommand.Create(),
    CohortCommand.Create(),
    TileCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    PredictCommand.Create(),
    StatusCommand.Create(),
    RetryCommand.Create(),
    VerifyCommand.Create(),
    ForgetCommand.Create(),
    AblateCommand.Create(),
    ConformCommand.Create(),
    ModelCommand.Create(),
    DoctorCommand.Create(),
    WorkerCommand.Create(),
    CookieCommand.Create(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine($"mhdnet: {error.Message}");
    }

    Console.Error.WriteLine($"See 'mhdnet {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help'.");
    return ExitCode.BadInput;
}

try
{
    var how = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return parsed.Action is AsynchronousCommandLineAction
        ? await StopSignals.Heard(stop => parsed.InvokeAsync(how, stop)).ConfigureAwait(false)
        : parsed.Invoke(how); // ends at once, as any program
}
catch (Exception e)
{
    var explanation = Explanation.Of(e);
    Console.Error.WriteLine($"mhdnet: {explanation.Text}");
    return explanation.ExitCode;
}

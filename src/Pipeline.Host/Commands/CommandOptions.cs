using System.CommandLine;
using Akka.Configuration;
using MhdNet.Training.Devices;

namespace MhdNet.Host.Commands;

/// <summary>Options that several commands share, so that they read the same everywhere.</summary>
internal static class CommandOptions
{
    public static Option<DirectoryInfo> Work() => new("--work")
    {
        Description = "The work folder: ledger, sequences, pictures, runs, predictions.",
        HelpName = "DIR",
        Required = true,
    };

    public static Option<FileInfo?> Labels() => new("--labels")
    {
        Description = "The labels: patient_id,type,split,tumor_slices. Default: labels.csv in the drop folder.",
        HelpName = "CSV",
    };

    public static Option<string> Preset() => new("--preset")
    {
        Description = "Sizes and lengths of the training: tiny, small, paper, or the path of a JSON file.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "small",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Overrides one field of the preset; may be repeated. Example: --set teacher_epochs=20",
        HelpName = "FIELD=VALUE",
    };

    public static Option<FileInfo?> Config() => new("--config")
    {
        Description = "A HOCON file whose settings go before those of config/akka.hocon.",
        HelpName = "HOCON",
    };

    public static Option<string> Device() => new("--device")
    {
        Description = "Where to compute. auto: the first CUDA device where there is one, else the processor.",
        HelpName = "cpu|cuda|cuda:N|auto",
        DefaultValueFactory = _ => "auto",
    };

    /// <summary>The device that the option names; torch must be loaded.</summary>
    /// <exception cref="InputException">There is none of that name on this machine.</exception>
    public static ComputeDevice DeviceOf(string word)
    {
        try
        {
            return ComputeDevice.Of(word, ComputeDevice.CudaDevices);
        }
        catch (FormatException e)
        {
            throw new InputException($"--device: {e.Message}");
        }
        catch (DeviceMissingException e)
        {
            throw new InputException($"--device: {e.Message}", ExitCode.Environment);
        }
    }

    public static Option<int?> Workers() => new("--workers")
    {
        Description = "Worker processes that read scans. Default: mhdnet.dispatch.workers, one less than the processor's threads.",
        HelpName = "N",
    };

    /// <summary>The settings with the number of workers that was given.</summary>
    /// <exception cref="InputException">It makes no sense.</exception>
    public static Config With(int? workers, Config config) => workers switch
    {
        null => config,
        >= 1 and <= Dispatch.DispatchSettings.MostWorkers => ConfigurationFactory.ParseString(FormattableString.Invariant($"mhdnet.dispatch.workers = {workers}")).WithFallback(config),
        _ => throw new InputException($"--workers is {workers}; it must be 1 to {Dispatch.DispatchSettings.MostWorkers}."),
    };

    public static Option<bool> Json() => new("--json") { Description = "Prints JSON instead of a table." };
}

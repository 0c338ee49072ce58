using System.Globalization;
using System.Runtime.InteropServices;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using OpenCvSharp;
using TorchSharp;

namespace MhdNet.Host.Doctor;

/// <summary>Looks at everything the program needs from the machine.</summary>
public static class Examination
{
    private const double LowDiskGiB = 5;

    /// <summary>The findings, one a subject. Nothing is changed but for a probe file in <paramref name="folder"/>, removed at once.</summary>
    /// <param name="folder">The work folder, or where one would be made.</param>
    /// <param name="config">All settings.</param>
    public static IReadOnlyList<Finding> Run(DirectoryInfo folder, Config config)
    {
        var libraries = Libraries();
        return
        [
            new(".NET", true, RuntimeInformation.FrameworkDescription),
            .. libraries,
            Library("libtiff, libturbojpeg (JPEG tiles)", Tiling.Slides.JpegTileLibraries.Version, "apt-get install libtiff6 libturbojpeg0 (libtiff5 on Ubuntu 22.04)"),
            .. libraries.All(finding => finding.Good) ? [ArithmeticCheck.Run(config)] : Array.Empty<Finding>(),
            new("processors", true, $"{Environment.ProcessorCount} threads"),
            Memory(),
            Disk(folder),
            Permission(folder),
        ];
    }

    /// <summary>The native libraries and the device.</summary>
    public static IReadOnlyList<Finding> Libraries() =>
    [
        .. Decoders(),
        Library("libvips (synthetic slides)", () => $"{NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}", "build again: it comes with the program"),
        Library("SQLite (ledger)", SqliteVersion, "build again: it comes with the program"),
        .. Networks(),
    ];

    /// <summary>What reads scans. Loads it, in the order that it needs.</summary>
    public static IReadOnlyList<Finding> Decoders()
    {
        Tiling.Slides.OpenSlideLibrary.LoadFirst();
        return
        [
            Library("GDCM (DICOM)", () => Ingest.Ct.Dicom.Gdcm.Version, "apt-get install libgdcm-cil"),
            Library("OpenSlide (slides)", Tiling.Slides.OpenSlideLibrary.Version, "apt-get install libopenslide0"),
            Library("OpenCV (pixels)", () => Cv2.GetVersionString() ?? "", "apt-get install libgtk-3-0, which OpenCV's build links to"),
        ];
    }

    /// <summary>What computes with the network.</summary>
    public static IReadOnlyList<Finding> Networks() =>
    [
        Library("Torch (network)", () => torch.__version__, "build again with 'make build'; docs/decisions/0002-torch-on-debian-12.md tells how the natives are made to load here"),
        Library("device", Device, "build again with 'make build'"),
    ];

    private static Finding Library(string subject, Func<string> version, string fix)
    {
        try
        {
            return new Finding(subject, true, version());
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or NotSupportedException or BadImageFormatException or EntryPointNotFoundException or FileNotFoundException or Tiling.Slides.SlideException)
        {
            return new Finding(subject, false, Cause((e.InnerException ?? e).Message), fix);
        }
    }

    /// <summary>Of the loader's many lines the one that names what is missing.</summary>
    private static string Cause(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.FirstOrDefault(line => line.Contains("cannot open shared object file", StringComparison.Ordinal) || line.Contains("not found", StringComparison.Ordinal)) ?? lines[0];
    }

    private static string SqliteVersion()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    }

    private static string Device() => torch.cuda.is_available()
        ? $"cuda, {torch.cuda.device_count()} device(s)"
        : $"cpu, {torch.get_num_threads()} threads (no CUDA device)";

    private static Finding Memory()
    {
        var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
        return total < 4
            ? new Finding("memory", false, GiB(total), "the tiny preset needs about 4 GiB, small 8 GiB, paper 16 GiB")
            : new Finding("memory", true, GiB(total));
    }

    private static Finding Disk(DirectoryInfo folder)
    {
        var existing = Existing(folder);
        var free = new DriveInfo(existing.FullName).AvailableFreeSpace / (double)(1L << 30);
        return free < LowDiskGiB
            ? new Finding("disk", false, $"{GiB(free)} free at {existing.FullName}", "free some room or choose another work folder; a CT sequence takes 2.4 MB, a slide sequence 3.6 MB")
            : new Finding("disk", true, $"{GiB(free)} free at {existing.FullName}");
    }

    private static Finding Permission(DirectoryInfo folder)
    {
        var existing = Existing(folder);
        var probe = Path.Combine(existing.FullName, $".mhdnet-probe-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return new Finding("permission", true, $"{existing.FullName} can be written to");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return new Finding("permission", false, e.Message, "make the folder writable for this user, or choose another work folder");
        }
    }

    private static DirectoryInfo Existing(DirectoryInfo folder)
    {
        while (!folder.Exists && folder.Parent is not null)
        {
            folder = folder.Parent;
        }

        return folder;
    }

    private static string GiB(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " GiB";
}

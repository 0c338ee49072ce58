using System.Globalization;
using System.Runtime.InteropServices;
using Akka.Configuration;
using MhdNet.Ingest.Ct.Codecs;
using MhdNet.Training.Options;
using Microsoft.Data.Sqlite;
using OpenCvSharp;
using TorchSharp;

namespace MhdNet.Host.Doctor;

/// <summary>Looks at everything the program needs from the machine.</summary>
public static class Examination
{
    private const double LowDiskGiB = 5;
    private const string BuildAgain = "build again with 'make build'";
    private const string InstallAgain = "install its package again (apt-get install --reinstall)";
    private const string Torch = "libLibTorchSharp.so";
    private const string TorchSubject = "Torch (network)", DeviceSubject = "device";

    /// <summary>The findings, one a subject. Nothing is changed but for a probe file in <paramref name="folder"/>, removed at once.</summary>
    /// <param name="folder">The work folder, or where one would be made.</param>
    /// <param name="config">All settings.</param>
    /// <param name="preset">Whose networks the arithmetic is tested on.</param>
    public static IReadOnlyList<Finding> Run(DirectoryInfo folder, Config config, (string Name, MhdOptions Options) preset)
    {
        var libraries = Libraries();
        return
        [
            new(".NET", true, RuntimeInformation.FrameworkDescription),
            .. libraries,
            JpegTiles(),
            .. SliceCodecs(),
            libraries.Where(finding => finding.Subject is TorchSubject or DeviceSubject).All(finding => finding.Good)
                ? ArithmeticCheck.Run(config, preset)
                : ArithmeticCheck.Impossible,
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
        Library("libvips (synthetic slides)", VipsVersion, BuildAgain, Beside("libvips.so.42")),
        Library("SQLite (ledger)", SqliteVersion, BuildAgain, Beside("libe_sqlite3.so")),
        .. Networks(),
    ];

    /// <summary>What reads scans. Loads it, in the order that it needs.</summary>
    public static IReadOnlyList<Finding> Decoders()
    {
        Tiling.Slides.OpenSlideLibrary.LoadFirst();
        return
        [
            Library("OpenSlide (slides)", Tiling.Slides.OpenSlideLibrary.Version, InstallAgain, "libopenslide.so.0|libopenslide.so.1"),
            Library("OpenCV (pixels)", () => Cv2.GetVersionString() ?? "", BuildAgain, Beside("libOpenCvSharpExtern.so")),
        ];
    }

    /// <summary>What computes with the network.</summary>
    public static IReadOnlyList<Finding> Networks()
    {
        const string Fix = $"{BuildAgain}; docs/decisions/0002-torch-on-debian-12.md tells how the natives are made to load here";
        var torch = Library(TorchSubject, TorchVersion, Fix, Beside(Torch));
        return torch.Good ? [torch, Library(DeviceSubject, Device, BuildAgain)] : [torch]; // asked again, torch would only fail again
    }

    private static Finding Library(string subject, Func<string> version, string fix, params string[] files)
    {
        try
        {
            return new Finding(subject, true, version());
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or NotSupportedException or BadImageFormatException or EntryPointNotFoundException or FileNotFoundException or Tiling.Slides.SlideException)
        {
            var (observed, remedy) = MissingLibrary.Explain(e, fix, files);
            return new Finding(subject, false, observed, remedy);
        }
    }

    /// <summary>Without one of them its slices are refused, one by one, and all else goes on.</summary>
    private static Finding[] SliceCodecs() =>
    [
        Library("CharLS (JPEG-LS slices)", SystemCodecs.CharLsVersion, InstallAgain, SystemCodecs.CharLsFile),
        Library("OpenJPEG (JPEG 2000 slices)", SystemCodecs.OpenJpegVersion, InstallAgain, SystemCodecs.OpenJpegFile),
    ];

    private static Finding JpegTiles()
    {
        const string Subject = "libtiff, libturbojpeg (JPEG tiles)";
        string[] files = ["libtiff.so.6|libtiff.so.5", "libturbojpeg.so.0"];
        var finding = Library(Subject, Tiling.Slides.JpegTileLibraries.Version, InstallAgain, files);
        return finding.Good
            ? finding
            : finding with { Observed = $"{finding.Observed}: slides with JPEG tiles are read several times as slowly, and baseline JPEG slices not at all" };
    }

    private static string TorchVersion()
    {
        MissingLibrary.RequireNeeded(Beside(Torch)); // TorchSharp would print pages and copy 500 MB into the program's folder
        return torch.__version__;
    }

    private static string VipsVersion() => string.Join('.', Enumerable.Range(0, 3).Select(part => NetVips.NetVips.Version(part)));

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

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

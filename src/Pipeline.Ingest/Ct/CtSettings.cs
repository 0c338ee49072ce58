using Akka.Configuration;

namespace MhdNet.Ingest.Ct;

/// <summary>How CT series become sequences: section <c>mhdnet.ct</c> of the configuration.</summary>
public sealed record CtSettings
{
    /// <summary>Frames of a sequence.</summary>
    public int Frames { get; init; } = 24;

    /// <summary>Height and width of a frame, in pixels.</summary>
    public int Size { get; init; } = 224;

    /// <summary>Share of the slices left out at the head's end.</summary>
    public double TrimSuperior { get; init; } = 0.2;

    /// <summary>Share of the slices left out at the feet's end.</summary>
    public double TrimInferior { get; init; } = 0.3;

    /// <summary>What becomes of the slices behind the last whole sequence.</summary>
    public RemainderPolicy Remainder { get; init; }

    /// <summary>Series with fewer slices are rejected.</summary>
    public int MinSlices { get; init; } = 16;

    /// <summary>Largest angle between the slices' normal and the body axis, in degrees.</summary>
    public double MaxTilt { get; init; } = 30;

    /// <summary>Largest share of slices that may be missing in gaps of the stack.</summary>
    public double MaxMissing { get; init; } = 0.2;

    /// <summary>What becomes of gaps of up to <see cref="MaxMissing"/>: slices are interpolated, or not.</summary>
    public GeometryPolicy Missing { get; init; } = GeometryPolicy.Resample;

    /// <summary>What becomes of stacks whose slices are not equally far apart.</summary>
    public GeometryPolicy Uneven { get; init; } = GeometryPolicy.Accept;

    /// <summary>What becomes of stacks scanned with a tilted gantry, whose slices are shifted against each other.</summary>
    public GeometryPolicy GantryTilt { get; init; } = GeometryPolicy.Accept;

    /// <summary>Largest share of positions at which several different images may lie.</summary>
    public double MaxRepeated { get; init; } = 0.1;

    /// <summary>Smallest share of a series that must have one geometry; the rest is left out.</summary>
    public double MinConsistent { get; init; } = 0.7;

    /// <summary>Slices decoded at the same time in one job.</summary>
    public int Parallelism { get; init; } = 2;

    /// <summary>Lowest Hounsfield value shown in quality pictures.</summary>
    public int WindowLow { get; init; } = -160;

    /// <summary>Highest Hounsfield value shown in quality pictures.</summary>
    public int WindowHigh { get; init; } = 240;

    /// <summary>Reads section <c>mhdnet.ct</c>; a key that is missing keeps its default.</summary>
    /// <exception cref="ConfigurationException">A value that makes no sense; the message names the key.</exception>
    public static CtSettings From(Config config)
    {
        var ct = config.GetConfig("mhdnet.ct");
        if (ct is null)
        {
            return new CtSettings();
        }

        var d = new CtSettings();
        return new CtSettings
        {
            Frames = ct.GetInt("frames", d.Frames),
            Size = ct.GetInt("size", d.Size),
            TrimSuperior = ct.GetDouble("trim-superior", d.TrimSuperior),
            TrimInferior = ct.GetDouble("trim-inferior", d.TrimInferior),
            Remainder = ct.GetString("remainder", "drop") switch
            {
                "drop" => RemainderPolicy.Drop,
                "overlap" => RemainderPolicy.Overlap,
                var other => throw new ConfigurationException($"mhdnet.ct.remainder is '{other}', where drop or overlap is possible"),
            },
            MinSlices = ct.GetInt("min-slices", d.MinSlices),
            MaxTilt = ct.GetDouble("max-tilt", d.MaxTilt),
            MaxMissing = ct.GetDouble("max-missing", d.MaxMissing),
            Missing = Policy("missing", d.Missing),
            Uneven = Policy("uneven", d.Uneven),
            GantryTilt = Policy("gantry-tilt", d.GantryTilt),
            MaxRepeated = ct.GetDouble("max-repeated", d.MaxRepeated),
            MinConsistent = ct.GetDouble("min-consistent", d.MinConsistent),
            Parallelism = ct.GetInt("parallelism", d.Parallelism),
            WindowLow = ct.GetInt("window-low", d.WindowLow),
            WindowHigh = ct.GetInt("window-high", d.WindowHigh),
        }.Checked();

        GeometryPolicy Policy(string key, GeometryPolicy value) => ct.GetString(key, null) switch
        {
            null => value,
            "accept" => GeometryPolicy.Accept,
            "resample" => GeometryPolicy.Resample,
            "reject" => GeometryPolicy.Reject,
            var other => throw new ConfigurationException($"mhdnet.ct.{key} is '{other}', where resample, accept or reject is possible"),
        };
    }

    private CtSettings Checked()
    {
        Require(Frames is >= 2 and <= 256, "frames", Frames, "2 to 256");
        Require(Size is >= 16 and <= 1024, "size", Size, "16 to 1024");
        Require(TrimSuperior is >= 0 and < 1, "trim-superior", TrimSuperior, "0 to 1");
        Require(TrimInferior >= 0 && TrimSuperior + TrimInferior < 1, "trim-inferior", TrimInferior, "0 up to what trim-superior leaves");
        Require(MinSlices >= 1, "min-slices", MinSlices, "at least 1");
        Require(MaxTilt is >= 0 and < 90, "max-tilt", MaxTilt, "0 to 90 degrees");
        Require(MaxMissing is >= 0 and < 1, "max-missing", MaxMissing, "0 to 1");
        Require(MaxRepeated is >= 0 and <= 1, "max-repeated", MaxRepeated, "0 to 1");
        Require(MinConsistent is > 0.5 and <= 1, "min-consistent", MinConsistent, "more than 0.5, up to 1");
        Require(Parallelism is >= 1 and <= 64, "parallelism", Parallelism, "1 to 64");
        Require(WindowHigh > WindowLow, "window-high", WindowHigh, $"more than window-low, {WindowLow}");
        return this;
    }

    private static void Require(bool holds, string key, double value, string range)
    {
        if (!holds)
        {
            throw new ConfigurationException(FormattableString.Invariant($"mhdnet.ct.{key} is {value}, where {range} is possible"));
        }
    }
}

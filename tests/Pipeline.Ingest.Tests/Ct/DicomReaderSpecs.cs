using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>The reader that is built by default.</summary>
public sealed class DicomReaderSpecs() : DicomReaderContract(new DicomReader())
{
    private readonly DicomReader _reader = new();

    [SkippableFact]
    public void Every_header_of_the_real_files_agrees_with_dcmdump()
    {
        foreach (var path in Directory.EnumerateFiles(Repository.Shared("data/ct"), "*", SearchOption.AllDirectories)
            .Where((path, i) => i % 5 == 0 && !path.Contains("/enhanced/", StringComparison.Ordinal)))
        {
            var header = _reader.ReadHeader(path).Value!;
            Assert.Equal(
                Dumped(path),
                new()
                {
                    ["0020,000e"] = header.SeriesInstanceUid,
                    ["0008,0018"] = header.SopInstanceUid,
                    ["0010,0020"] = header.PatientId,
                    ["0008,0008"] = string.Join('\\', header.ImageType),
                    ["0028,0010"] = $"{header.Rows}",
                    ["0028,0011"] = $"{header.Columns}",
                });
        }
    }

    [SkippableTheory]
    [InlineData("gdcmconv", "--rle")]
    [InlineData("gdcmconv", "--jpeg")]
    [InlineData("gdcmconv", "--jpegls")]
    [InlineData("gdcmconv", "--j2k")]
    [InlineData("dcmconv", "+tb")]
    public void Compressed_frames_are_those_of_the_uncompressed_file(string program, string option)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["e.dcm"], EnhancedCt.File(6, f => -f));
        Assert.Equal(0, Tool.Run(program, option, folder["e.dcm"], folder["c.dcm"]).Code);
        var header = _reader.ReadHeader(folder["c.dcm"]).Value!;
        Assert.True(header is { Frames: 6, TransferSyntax: not TransferSyntax.ExplicitLittleEndian }, header.ToString());
        Assert.All(Enumerable.Range(0, 6), frame => Assert.Equal(_reader.Hu(folder["e.dcm"], frame), _reader.Hu(folder["c.dcm"], frame)));
    }

    /// <summary>The first value of each tag, as DCMTK prints it.</summary>
    private static Dictionary<string, string> Dumped(string path)
    {
        string[] tags = ["0020,000e", "0008,0018", "0010,0020", "0008,0008", "0028,0010", "0028,0011"];
        var (code, output, errors) = Tool.Run("dcmdump", ["-q", "-Un", "+L", .. tags.SelectMany(tag => new[] { "+P", tag }), path]);
        Assert.True(code == 0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[1..10], Value);
    }

    /// <summary><c>(0008,0008) CS [ORIGINAL\PRIMARY]   #  16, 2 ImageType</c>, or <c>(0028,0010) US 512   #</c>.</summary>
    private static string Value(string line)
    {
        var value = line[15..line.LastIndexOf('#')].Trim();
        return value is ['[', .. var text, ']'] ? text.Trim() : value;
    }
}

using MhdNet.Ingest.Ct.Dicom;
using MhdNet.Ingest.Items;

namespace MhdNet.Ingest.Tests.Ct;

/// <summary>Counts what is asked of a reader, and fails where a test wants it.</summary>
internal sealed class CountingReader : IDicomReader
{
    private readonly DicomReader _reader = new();
    private int _identities, _headers, _pixels;

    public int Identities => _identities;

    public int Headers => _headers;

    public int Pixels => _pixels;

    public int FailAt { get; init; } = -1;

    public int ThrowAt { get; init; } = -1;

    public Exception Thrown { get; init; } = new InvalidOperationException("lost");

    public bool ThrowAtHeader { get; init; }

    public Reading<IReadOnlyList<SliceHeader>> ReadHeaders(string path)
    {
        Interlocked.Increment(ref _headers);
        return ThrowAtHeader ? throw Thrown : _reader.ReadHeaders(path);
    }

    public Reading<SliceIdentity> ReadIdentity(string path)
    {
        Interlocked.Increment(ref _identities);
        return _reader.ReadIdentity(path);
    }

    public Reading<SliceImage> ReadPixels(SliceHeader header)
    {
        var n = Interlocked.Increment(ref _pixels);
        return n == ThrowAt ? throw Thrown
            : n == FailAt ? new(null, new Reason("undecodable", header.Path))
            : _reader.ReadPixels(header);
    }
}

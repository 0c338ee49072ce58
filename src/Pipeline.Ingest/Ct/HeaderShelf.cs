using System.IO.Compression;
using MhdNet.Ingest.Ct.Dicom;

namespace MhdNet.Ingest.Ct;

/// <summary>
/// What intake read of files, until their series is given to a worker: so each header is read once. In memory only and bounded; of what is not on the shelf (after a restart, at a second attempt, beyond the
/// bound) a job reads the headers itself. Thread safe.
/// </summary>
/// <param name="capacity">Bytes of packed headers; the oldest go first. A header has about 400.</param>
public sealed class HeaderShelf(long capacity = 64 << 20)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Path, byte[] Pack)>> _byPath = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Path, byte[] Pack)> _oldestFirst = [];
    private long _bytes;

    /// <summary>Puts what was read of a file on the shelf, in place of what was read before.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="headers">Of a reader of this process.</param>
    public void Put(string path, IReadOnlyList<SliceHeader> headers)
    {
        var pack = HeaderPack.Of(headers);
        lock (_lock)
        {
            Remove(path);
            _byPath[path] = _oldestFirst.AddLast((path, pack));
            _bytes += pack.Length;
            while (_bytes > capacity)
            {
                Remove(_oldestFirst.First!.Value.Path);
            }
        }
    }

    /// <summary>Takes what is there of a series from the shelf, compressed: the headers of a series have much in common.</summary>
    /// <param name="files">Absolute paths.</param>
    /// <returns>For <see cref="Items.Job.Headers"/> of a job with these files in this order; empty where nothing is known of any.</returns>
    public ReadOnlyMemory<byte> Take(IReadOnlyList<string> files)
    {
        byte[]?[] packs = [.. files.Select(Remove)];
        if (Array.TrueForAll(packs, pack => pack is null))
        {
            return default;
        }

        using var bytes = new MemoryStream();
        using (var to = new BinaryWriter(new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true)))
        {
            foreach (var pack in packs)
            {
                to.Write7BitEncodedInt(pack?.Length ?? 0);
                to.Write(pack ?? []);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The headers that a job carries, for each of its files in order; null where it has to read them itself, because none are known or another content is there by now.</summary>
    internal static IReadOnlyList<IReadOnlyList<SliceHeader>?> Of(Items.Job job)
    {
        if (job.Headers.IsEmpty)
        {
            return new IReadOnlyList<SliceHeader>?[job.Files.Count];
        }

        using var from = new BinaryReader(new DeflateStream(new MemoryStream(job.Headers.ToArray()), CompressionMode.Decompress));
        return [.. job.Files.Select(path => from.Read7BitEncodedInt() is > 0 and var length && HeaderPack.Read(from.ReadBytes(length), path) is { } headers && headers[0].Place!.Mark.Fits(path) ? headers : null)];
    }

    private byte[]? Remove(string path)
    {
        lock (_lock)
        {
            if (!_byPath.Remove(path, out var node))
            {
                return null;
            }

            _oldestFirst.Remove(node);
            _bytes -= node.Value.Pack.Length;
            return node.Value.Pack;
        }
    }
}

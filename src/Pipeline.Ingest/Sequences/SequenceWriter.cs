using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;

namespace MhdNet.Ingest.Sequences;

/// <summary>One item on its way into the store. Disposed without <see cref="Commit"/>, it leaves nothing behind.</summary>
public sealed class SequenceWriter : IDisposable
{
    private readonly string _staging;
    private readonly string _target;
    private readonly string _picture;
    private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly HostMark _mark;
    private bool _committed;

    internal SequenceWriter(string staging, string target, string picture, HostMark mark)
    {
        (_staging, _target, _picture, _mark) = (staging, target, picture, mark);
    }

    /// <summary>How many sequences were added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the next sequence.</summary>
    /// <param name="frames">All elements: CT int16 HU [frames,H,W], slide uint8 [frames,H,W,3].</param>
    /// <param name="shape">The shape.</param>
    /// <returns>The file's name, for the manifest.</returns>
    public string Add<T>(ReadOnlySpan<T> frames, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        using (var file = Next())
        {
            Npy.Write(file, frames, shape);
            file.Flush(flushToDisk: true);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Npy.Header<T>(frames.Length, shape));
        hash.AppendData(MemoryMarshal.AsBytes(frames));
        return Staged(hash);
    }

    /// <summary>The same from a piece of memory for each frame, without putting them together.</summary>
    /// <param name="frames">The frames, in order.</param>
    /// <param name="shape">The shape of the whole.</param>
    /// <returns>The file's name, for the manifest.</returns>
    public string AddFrames<T>(IReadOnlyList<T[]> frames, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var file = Next())
        {
            var header = Npy.Header<T>(frames.Sum(frame => (long)frame.Length), shape);
            file.Write(header);
            hash.AppendData(header);
            foreach (var frame in frames)
            {
                var bytes = MemoryMarshal.AsBytes(frame.AsSpan());
                file.Write(bytes);
                hash.AppendData(bytes);
            }

            file.Flush(flushToDisk: true);
        }

        return Staged(hash);
    }

    /// <summary>Writes a sequence of a given number from a piece of memory for each frame, without putting them together. Different numbers may be written at the same time.</summary>
    /// <param name="number">The sequence's number; not to be mixed with <see cref="Add{T}"/>.</param>
    /// <param name="frames">The frames, uint8.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>The file's name, for the manifest.</returns>
    public string Write(int number, IReadOnlyList<ReadOnlyMemory<byte>> frames, params ReadOnlySpan<int> shape)
    {
        var name = $"{number:000}.npy";
        var bytes = frames.Sum(frame => (long)frame.Length);
        var header = Npy.Header<byte>(bytes, shape);
        using var file = File.OpenHandle(Path.Combine(_staging, name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        RandomAccess.Write(file, [header, .. frames], 0);
        RandomAccess.FlushToDisk(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (var frame in frames)
        {
            hash.AppendData(frame.Span);
        }

        Note(name, hash);
        return name;
    }

    /// <summary>Adds the quality picture, an encoded JPEG.</summary>
    public void AddPicture(ReadOnlySpan<byte> jpeg) => WriteDurably(Path.Combine(_staging, "quality.jpg"), jpeg);

    /// <summary>Makes the item visible: manifest last, then one rename. An older version of the same item is replaced.</summary>
    /// <exception cref="SupersededException">Another host has opened the folder since. Nothing became visible.</exception>
    public void Commit<TFrame, TSource>(Manifest<TFrame, TSource> manifest)
    {
        var hashed = manifest with { Sequences = [.. manifest.Sequences.Select(sequence => sequence with { Sha256 = _hashes[sequence.File] })] };
        WriteDurably(Path.Combine(_staging, "manifest.json"), JsonSerializer.SerializeToUtf8Bytes(hashed, WorkJson.Options));
        DurableFolder.Sync(_staging);
        CrashPoint.Reach("complete");
        if (!_mark.IsCurrent)
        {
            throw new SupersededException();
        }

        CommitPicture();
        CrashPoint.Reach("pictured");
        Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
        if (Directory.Exists(_target))
        {
            Directory.Delete(_target, recursive: true);
        }

        CrashPoint.Reach("removed");
        Directory.Move(_staging, _target);
        DurableFolder.Sync(Path.GetDirectoryName(_target)!);
        _committed = true;
        CrashPoint.Reach("renamed");
    }

    /// <summary>Keeps only the picture: of an item that was rejected, for people to see why.</summary>
    public void CommitPicture()
    {
        var staged = Path.Combine(_staging, "quality.jpg");
        if (File.Exists(staged))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_picture)!);
            File.Move(staged, _picture, overwrite: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_committed && Directory.Exists(_staging))
        {
            Directory.Delete(_staging, recursive: true);
        }
    }

    private FileStream Next() => new(Path.Combine(_staging, $"{Count:000}.npy"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

    private string Staged(IncrementalHash hash)
    {
        var name = $"{Count++:000}.npy";
        Note(name, hash);
        CrashPoint.Reach("staged");
        return name;
    }

    private void Note(string name, IncrementalHash hash) => _hashes[name] = Convert.ToHexStringLower(hash.GetHashAndReset());

    private static void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}

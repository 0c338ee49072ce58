using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using MhdNet.Ingest.Items;
using MhdNet.Ingest.Ledger;
using Microsoft.Win32.SafeHandles;

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
    public int Count => _hashes.Count;

    /// <summary>Adds the next sequence. Not to be mixed with <see cref="Write{T}"/>.</summary>
    /// <inheritdoc cref="Write{T}"/>
    public string Add<T>(IReadOnlyList<T[]> frames, params ReadOnlySpan<int> shape)
        where T : unmanaged
        => Write(Count, frames, shape);

    /// <summary>Writes a sequence from a piece of memory for each frame, without putting them together. Different numbers may be written at the same time.</summary>
    /// <param name="number">The sequence's number, from 0.</param>
    /// <param name="frames">The frames, in order: CT int16 HU [H,W], slide uint8 [H,W,3].</param>
    /// <param name="shape">The shape of the whole.</param>
    /// <returns>The file's name, for the manifest.</returns>
    public string Write<T>(int number, IReadOnlyList<T[]> frames, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(frames);
        var name = $"{number:000}.npy";
        var hash = new XxHash128();
        using (var file = File.OpenHandle(Path.Combine(_staging, name), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            var end = Append(file, hash, Npy.Header<T>(frames.Sum(frame => (long)frame.Length), shape), 0);
            foreach (var frame in frames)
            {
                end = Append(file, hash, MemoryMarshal.AsBytes(frame.AsSpan()), end);
            }

            RandomAccess.FlushToDisk(file);
        }

        _hashes[name] = Convert.ToHexStringLower(hash.GetCurrentHash());
        CrashPoint.Reach("staged");
        return name;
    }

    /// <summary>Adds the quality picture, an encoded JPEG.</summary>
    public void AddPicture(ReadOnlySpan<byte> jpeg) => WriteDurably(Path.Combine(_staging, "quality.jpg"), jpeg);

    /// <summary>Adds what is known of an item that gets no manifest, as JSON.</summary>
    public void AddNumbers<T>(T numbers) => WriteDurably(Path.Combine(_staging, "quality.json"), JsonSerializer.SerializeToUtf8Bytes(numbers, WorkJson.Options));

    /// <summary>Makes the item visible: manifest last, then one rename. An older version of the same item is replaced.</summary>
    /// <exception cref="SupersededException">Another host has opened the folder since. Nothing became visible.</exception>
    public void Commit<TFrame, TSource>(Manifest<TFrame, TSource> manifest)
    {
        var hashed = manifest with { Sequences = [.. manifest.Sequences.Select(sequence => sequence with { Xxh128 = _hashes[sequence.File] })] };
        WriteDurably(Path.Combine(_staging, "manifest.json"), JsonSerializer.SerializeToUtf8Bytes(hashed, WorkJson.Options));
        DurableFolder.Sync(_staging);
        CrashPoint.Reach("complete");
        _mark.RequireCurrent();

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

    /// <summary>Keeps only the picture and the numbers: of an item that was rejected, for people to see why. Those of an earlier attempt are replaced.</summary>
    public void CommitPicture()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_picture)!);
        File.Delete(Path.ChangeExtension(_picture, ".json"));
        foreach (var staged in Directory.GetFiles(_staging, "quality.*"))
        {
            File.Move(staged, Path.ChangeExtension(_picture, Path.GetExtension(staged)), overwrite: true);
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

    private static long Append(SafeFileHandle file, XxHash128 hash, ReadOnlySpan<byte> bytes, long at)
    {
        RandomAccess.Write(file, bytes, at);
        hash.Append(bytes); // while the bytes are still in the cache
        return at + bytes.Length;
    }

    private static void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}

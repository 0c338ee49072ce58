using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MhdNet.Ingest.Ct.Dicom;

/// <summary>
/// A file read from its beginning in pieces of 16 KiB. Most headers lie in the first piece, and what is skipped is never read, so that to walk over a slice of half a megabyte costs
/// one read of the system. The first piece stays: it also says whether the file is still the same (<see cref="Mark"/>).
/// </summary>
internal sealed class WindowedFile : Stream
{
    private const int Piece = 1 << 14, Marked = 1 << 12;
    private readonly SafeFileHandle _handle;
    private readonly byte[] _head = ArrayPool<byte>.Shared.Rent(Piece);
    private readonly int _headLength;
    private readonly DateTime _modified;
    private byte[]? _window;
    private long _windowStart;
    private int _windowLength;

    /// <exception cref="IOException">There is no such file, or the system fails to read it.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public WindowedFile(string path)
    {
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        (Length, _modified) = (RandomAccess.GetLength(_handle), File.GetLastWriteTimeUtc(_handle));
        _headLength = ReadAt(0, _head.AsSpan(0, Piece));
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>As it was when the file was opened.</summary>
    public override long Length { get; }

    public override long Position { get; set; }

    /// <summary>What tells this content of the file from another: as it was when the file was opened.</summary>
    public FileMark Mark()
    {
        var head = _head.AsSpan(0, Math.Min(_headLength, Marked));
        var sum = 0u;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(head))
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var rest in head[(head.Length / sizeof(ulong) * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return new FileMark(Length, _modified, sum);
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0 || Position >= Length)
        {
            return 0;
        }

        var piece = PieceAt(Position);
        var got = Math.Min(piece.Length, buffer.Length);
        piece[..got].CopyTo(buffer);
        Position += got;
        return got;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads past the pieces, straight into the caller's memory.</summary>
    /// <returns>How many bytes were there.</returns>
    public int ReadAt(long position, Span<byte> buffer)
    {
        var all = 0;
        for (int got; all < buffer.Length && (got = RandomAccess.Read(_handle, buffer[all..], position + all)) > 0;)
        {
            all += got;
        }

        return all;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_handle.IsClosed)
        {
            _handle.Dispose();
            ArrayPool<byte>.Shared.Return(_head);
            if (_window is not null)
            {
                ArrayPool<byte>.Shared.Return(_window);
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>What is at hand from a position on; at least one byte, but at the end of a file that became shorter.</summary>
    private ReadOnlySpan<byte> PieceAt(long position)
    {
        if (position < _headLength)
        {
            return _head.AsSpan((int)position, _headLength - (int)position);
        }

        if (_window is null || position < _windowStart || position >= _windowStart + _windowLength)
        {
            _window ??= ArrayPool<byte>.Shared.Rent(Piece);
            (_windowStart, _windowLength) = (position, ReadAt(position, _window.AsSpan(0, Piece)));
        }

        return _window.AsSpan((int)(position - _windowStart), _windowLength - (int)(position - _windowStart));
    }
}

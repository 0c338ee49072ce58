using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides.Jpeg;

/// <summary>A <c>tjhandle</c> for decompression, destroyed exactly once. For one thread at a time.</summary>
internal sealed class TurboJpegHandle : SafeHandle
{
    public TurboJpegHandle()
        : base(0, ownsHandle: true) => SetHandle(NativeTurboJpeg.InitDecompress());

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => NativeTurboJpeg.Destroy(handle) == 0;
}

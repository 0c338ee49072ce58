using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides.Tiff;

/// <summary>A <c>TIFF*</c>, closed exactly once. Not thread safe.</summary>
internal sealed class TiffHandle : SafeHandle
{
    public TiffHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeTiff.Close(handle);
        return true;
    }
}

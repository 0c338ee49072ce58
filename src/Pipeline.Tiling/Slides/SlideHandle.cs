using System.Runtime.InteropServices;

namespace MhdNet.Tiling.Slides;

/// <summary>An <c>openslide_t*</c>, closed exactly once.</summary>
internal sealed class SlideHandle : SafeHandle
{
    public SlideHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeOpenSlide.Close(handle);
        return true;
    }
}

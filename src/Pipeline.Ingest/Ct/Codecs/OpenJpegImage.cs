using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary><c>opj_image_t</c>: the fields up to the components. The library makes it and frees it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OpenJpegImage
{
    public uint X0;
    public uint Y0;
    public uint X1;
    public uint Y1;
    public uint ComponentCount;
    public int ColorSpace;
    public Component* Components;

    /// <summary><c>opj_image_comp_t</c>, up to the samples.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Component
    {
        public uint Dx;
        public uint Dy;
        public uint Width;
        public uint Height;
        public uint X0;
        public uint Y0;
        public uint Precision;
        public uint ObsoleteBitsPerPixel;
        public uint IsSigned;
        public uint Resolutions;
        public uint Factor;

        /// <summary>One integer a sample, row after row; null before anything is decoded.</summary>
        public int* Samples;
    }
}

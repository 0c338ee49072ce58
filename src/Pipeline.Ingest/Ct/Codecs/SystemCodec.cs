using System.Runtime.InteropServices;

namespace MhdNet.Ingest.Ct.Codecs;

/// <summary>A library of the system that decodes images: looked for once, when it is first needed.</summary>
/// <param name="soname">The file, as the dynamic linker knows it.</param>
/// <param name="purpose">What it is, and what it decodes.</param>
/// <param name="package">Debian's package.</param>
internal sealed class SystemCodec(string soname, string purpose, string package)
{
    private readonly Lazy<bool> _isThere = new(() => NativeLibrary.TryLoad(soname, typeof(SystemCodec).Assembly, null, out _));

    /// <exception cref="DllNotFoundException">The library is not installed; the message says how to install it.</exception>
    public void Need()
    {
        if (!_isThere.Value)
        {
            throw new DllNotFoundException($"{purpose}, was not found ({soname}). Install it: apt-get install {package}");
        }
    }
}

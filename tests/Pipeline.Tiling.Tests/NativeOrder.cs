using System.Runtime.CompilerServices;
using MhdNet.Tiling.Slides;

namespace MhdNet.Tiling.Tests;

/// <summary>Tests that use OpenCV before anything of the slides' assembly must not upset the order of the native libraries.</summary>
internal static class NativeOrder
{
    [ModuleInitializer]
    internal static void OpenSlideFirst() => OpenSlideLibrary.LoadFirst();
}

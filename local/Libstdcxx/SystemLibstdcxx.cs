using System.Runtime.InteropServices;

namespace HsNas.Local.Libstdcxx;

/// <summary>The C++ library that this machine loads.</summary>
internal static class SystemLibstdcxx
{
    private const string Library = "libstdc++.so.6";

    // GCC 13 added this symbol and gave it the version GLIBCXX_3.4.32.
    private const string NewestNeededSymbol = "_ZSt21ios_base_library_initv";

    /// <summary>
    /// Whether the library has version GLIBCXX_3.4.32. Debian 13, Ubuntu 24.04 and the .NET 10 images have it; Debian 12
    /// ends at 3.4.30. False where there is no such library.
    /// </summary>
    public static bool HasNeededVersion() =>
        NativeLibrary.TryLoad(Library, out var handle) && NativeLibrary.TryGetExport(handle, NewestNeededSymbol, out _);
}

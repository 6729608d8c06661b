using System.Security.Cryptography;

namespace HsNas.Local.Libstdcxx;

/// <summary>
/// TorchSharp's native library, libLibTorchSharp.so. It was built with GCC 13, so it asks for GLIBCXX_3.4.32. The one symbol
/// behind that version marks that a program uses iostreams; nothing calls it. On an older system it is therefore enough that
/// the loader no longer insists on the version.
/// </summary>
internal static class LibTorchSharpFile
{
    /// <summary>The version that the library asks for and Debian 12 lacks.</summary>
    public const string NeededVersion = "GLIBCXX_3.4.32";

    /// <summary>SHA-256 of the library in TorchSharp 0.107.0. What was seen of this file need not hold for another one.</summary>
    public const string KnownHash = "CF33B1B0BB6BBB9754A768FB5C5D04D9F498603BE50E73F55621A0B40EE608B8";

    /// <summary>
    /// Marks <see cref="NeededVersion"/> as weak in a copy of the library. The file is replaced in one step and keeps its time,
    /// so a build takes it for unchanged.
    /// </summary>
    /// <param name="path">The copy in a build's output; never the package cache's own file.</param>
    /// <returns>False where it was marked before.</returns>
    /// <exception cref="InvalidDataException">The file is not the library of TorchSharp 0.107.0.</exception>
    public static bool Relax(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var original = (byte[])bytes.Clone();
        var known = new ElfVersionNeeds(original).SetWeak(NeededVersion, weak: false)
            && Convert.ToHexString(SHA256.HashData(original)) == KnownHash;
        if (!known)
        {
            throw new InvalidDataException(
                $"This system's libstdc++ lacks {NeededVersion}, and the file is not the library of TorchSharp 0.107.0, " +
                "for which a remedy is known. Use a newer system (Debian 13, Ubuntu 24.04), or add the new file's hash after trying it.");
        }

        var relaxed = (byte[])original.Clone();
        new ElfVersionNeeds(relaxed).SetWeak(NeededVersion, weak: true);
        if (bytes.AsSpan().SequenceEqual(relaxed)) return false;
        var time = File.GetLastWriteTimeUtc(path);
        var temporary = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, relaxed);
        File.SetLastWriteTimeUtc(temporary, time);
        File.Move(temporary, path, overwrite: true);
        return true;
    }
}

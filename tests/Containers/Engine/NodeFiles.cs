namespace HsNas.Containers.Tests.Engine;

/// <summary>This machine's Node.js, as an image of the same release can run it.</summary>
internal static class NodeFiles
{
    /// <summary>Parts of Node.js that Debian keeps outside of the program.</summary>
    public const string Modules = "/usr/share/nodejs";

    // In the base: the C and C++ libraries and what .NET needs.
    private static readonly string[] InBase =
        ["libc.", "libm.", "libdl.", "libpthread.", "librt.", "libstdc++.", "libgcc_s.", "libz.", "libssl.", "libcrypto.", "ld-linux"];

    /// <summary>Copies the program and those of its libraries that the base lacks.</summary>
    public static async Task CopyAsync(string folder)
    {
        var libraries = Directory.CreateDirectory(Path.Combine(folder, "lib")).FullName;
        var program = (await Command.RunAsync("node", ["-p", "process.execPath"])).Trim();
        File.Copy(program, Path.Combine(folder, "node"), overwrite: true);
        foreach (var line in (await Command.RunAsync("ldd", [program])).Split('\n'))
        {
            if (line.Split("=> ") is not [_, var target] || target.Split(' ')[0] is not ['/', ..] path) continue;
            var name = Path.GetFileName(path);
            if (!InBase.Any(b => name.StartsWith(b, StringComparison.Ordinal)))
                File.Copy(path, Path.Combine(libraries, name), overwrite: true);
        }
    }
}

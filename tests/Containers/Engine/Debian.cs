namespace HsNas.Containers.Tests.Engine;

/// <summary>A small system of this machine's own release, from the package sources that this machine is set to.</summary>
internal static class Debian
{
    // What Microsoft's images have beyond the least, as far as .NET needs it.
    private const string Packages = "ca-certificates,tzdata";

    /// <summary>The release's name.</summary>
    public static string Codename { get; } = File.ReadLines("/etc/os-release")
        .First(l => l.StartsWith("VERSION_CODENAME=", StringComparison.Ordinal))["VERSION_CODENAME=".Length..].Trim('"');

    /// <summary>Writes its files into a tar file.</summary>
    public static async Task MakeAsync(string file)
    {
        var settings = Path.ChangeExtension(file, ".apt");
        var dump = await Command.RunAsync("apt-config", ["dump"]);
        string[] wanted = ["Acquire::http", "Acquire::Check-", "Acquire::Retries"];
        await File.WriteAllLinesAsync(
            settings, dump.Split('\n').Where(l => wanted.Any(w => l.StartsWith(w, StringComparison.Ordinal))));
        await Command.RunAsync(
            "mmdebstrap", ["--variant=minbase", $"--include={Packages}", $"--aptopt={settings}", Codename, file, "-"], null,
            await SourcesAsync());
    }

    private static async Task<string> SourcesAsync()
    {
        var targets = await Command.RunAsync(
            "apt-get", ["indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"]);
        var own = targets.Split('\n').Select(l => l.Split(' '))
            .Where(s => s.Length == 3 && s[2] == "main" && (s[1] == Codename || s[1].StartsWith(Codename + "-", StringComparison.Ordinal)));
        return string.Join('\n', own.Select(s => "deb " + string.Join(' ', s)).Distinct()) + "\n";
    }
}

using System.Diagnostics;
using System.Reflection;

namespace HsNas.Infra.Tests;

/// <summary>Bicep's own compiler.</summary>
internal static class Bicep
{
    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Its files for Azure.</summary>
    public static string Infra { get; } = Path.Combine(Root, "infra");

    /// <summary>Runs the compiler offline.</summary>
    /// <returns>What it wrote to standard output; what it complained about; its exit code.</returns>
    public static async Task<(string Output, string Diagnostics, int ExitCode)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program(), arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1"; // A bare machine has no ICU.
        using var process = Process.Start(start)!;
        var (output, diagnostics) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (await output, await diagnostics, process.ExitCode);
    }

    private static string Program()
    {
        var metadata = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BicepPath").Value;
        return File.Exists(metadata) ? metadata
            : throw new InvalidOperationException(
                $"BicepPath is '{metadata}' at build time; it must name Bicep's compiler. On linux-x64 a package brings it.");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "HsNas.sln"))) return folder.FullName;
        throw new InvalidOperationException($"HsNas.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}

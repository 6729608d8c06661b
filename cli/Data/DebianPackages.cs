using System.ComponentModel;
using System.Diagnostics;

namespace HsNas.Cli.Data;

/// <summary>Fetches Debian packages and unpacks them without installing; needs <c>apt-get</c> and <c>dpkg</c>, no root.</summary>
internal sealed class DebianPackages(string cacheFolder)
{
    /// <summary>
    /// Downloads and unpacks the packages into one folder below the cache, once; later calls find it done.
    /// </summary>
    /// <returns>The folder, and the versions unpacked, for provenance.</returns>
    /// <exception cref="DataPreparationException">A tool is missing, or a package cannot be had.</exception>
    public async Task<(string Folder, string Versions)> UnpackAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(cacheFolder, string.Join('+', packages));
        var marker = Path.Combine(folder, "versions.txt");
        if (!File.Exists(marker))
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            await RunAsync("apt-get", ["download", .. packages], folder, cancellationToken);
            var archives = Directory.GetFiles(folder, "*.deb").Order(StringComparer.Ordinal).ToArray();
            foreach (var archive in archives) await RunAsync("dpkg", ["-x", archive, folder], folder, cancellationToken);
            var versions = archives.Select(a => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(a)));
            await File.WriteAllTextAsync(marker, string.Join(' ', versions), cancellationToken);
            foreach (var archive in archives) File.Delete(archive);
        }

        return (folder, await File.ReadAllTextAsync(marker, cancellationToken));
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new DataPreparationException($"'{program} {string.Join(' ', arguments)}' failed ({process.ExitCode}): {error.Trim()}\nIf the package list is old or absent, run 'apt-get update' first.");
        }
        catch (Win32Exception e)
        {
            throw new DataPreparationException($"'{program}' is not here: this text comes out of Debian packages and needs Debian or Ubuntu.", e);
        }
    }
}

/// <summary>Text could not be prepared; the message says what the user can do.</summary>
internal sealed class DataPreparationException(string message, Exception? inner = null) : Exception(message, inner);

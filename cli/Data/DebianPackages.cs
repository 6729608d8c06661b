using System.ComponentModel;
using System.Diagnostics;

namespace HsNas.Cli.Data;

/// <summary>
/// Fetches Debian packages and unpacks them without installing; needs <c>apt-get</c> and <c>dpkg</c>. Where the package lists
/// are absent or old, they are read anew, which needs root or sudo.
/// </summary>
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
            await DownloadAsync(packages, folder, cancellationToken);
            var archives = Directory.GetFiles(folder, "*.deb").Order(StringComparer.Ordinal).ToArray();
            foreach (var archive in archives) await RunAsync(["dpkg", "-x", archive, folder], folder, cancellationToken);
            var versions = archives.Select(a => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(a)));
            await File.WriteAllTextAsync(marker, string.Join(' ', versions), cancellationToken);
            foreach (var archive in archives) File.Delete(archive);
        }

        return (folder, await File.ReadAllTextAsync(marker, cancellationToken));
    }

    private static async Task DownloadAsync(IReadOnlyList<string> packages, string folder, CancellationToken cancellationToken)
    {
        string[] download = ["apt-get", "download", .. packages];
        try
        {
            await RunAsync(download, folder, cancellationToken);
        }
        catch (DataPreparationException e) when (e.InnerException is null)
        {
            string[] update = ["apt-get", "update"];
            await RunAsync(Environment.IsPrivilegedProcess ? update : ["sudo", .. update], folder, cancellationToken);
            await RunAsync(download, folder, cancellationToken);
        }
    }

    private static async Task RunAsync(string[] command, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, WorkingDirectory = folder,
            RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new DataPreparationException($"'{string.Join(' ', command)}' failed ({process.ExitCode}): {error.Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new DataPreparationException(
                $"'{command[0]}' is not here: this text comes out of Debian packages and needs Debian or Ubuntu.", e);
        }
    }
}

/// <summary>Text could not be prepared; the message says what the user can do.</summary>
internal sealed class DataPreparationException(string message, Exception? inner = null) : Exception(message, inner);

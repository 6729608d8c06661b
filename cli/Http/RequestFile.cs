using HsNas.Cli.Hosting;

namespace HsNas.Cli.Http;

/// <summary>A request in a file.</summary>
internal static class RequestFile
{
    /// <summary>Its bytes. No bound is checked here: refusing what is too large is the function app's part, and only it knows the bound.
    /// </summary>
    /// <exception cref="CliException">There is no such file.</exception>
    public static async Task<byte[]> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new CliException($"{file} does not exist.");
        return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
    }
}

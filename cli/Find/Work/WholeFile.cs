namespace HsNas.Cli.Find.Work;

/// <summary>Files that are there in full or not at all, however a process ends.</summary>
internal static class WholeFile
{
    /// <summary>Replaces the file at once.</summary>
    public static async Task WriteAsync(string file, byte[] content, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(file + ".part", content, cancellationToken);
        File.Move(file + ".part", file, overwrite: true);
    }
}

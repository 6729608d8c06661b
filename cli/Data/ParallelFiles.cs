using System.IO.Compression;
using System.Text;
using HsNas.Translation;

namespace HsNas.Cli.Data;

/// <summary>Two files of which line i of one translates line i of the other; UTF-8, gzip where a name ends in ".gz".</summary>
/// <param name="Source">File of source sentences.</param>
/// <param name="Target">File of target sentences.</param>
internal sealed record ParallelFiles(string Source, string Target)
{
    /// <summary>The pairs in order, read as they are asked for.</summary>
    /// <exception cref="DataPreparationException">A file is missing or not UTF-8, or the files differ in length.</exception>
    public IEnumerable<SentencePair> Read()
    {
        using var source = Open(Source);
        using var target = Open(Target);
        for (long line = 1; ; line++)
        {
            var (from, to) = (Line(source, Source, line), Line(target, Target, line));
            if (from is null && to is null) yield break;
            if (from is null || to is null)
            {
                throw new DataPreparationException(
                    $"{Source} and {Target} are not aligned: the {(from is null ? "first" : "second")} has {line - 1:N0} lines, the "
                        + "other more. Line i of one must translate line i of the other.");
            }

            yield return new SentencePair(from, to);
        }
    }

    private static StreamReader Open(string file)
    {
        try
        {
            Stream stream = File.OpenRead(file);
            if (file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) stream = new GZipStream(stream, CompressionMode.Decompress);
            return new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new DataPreparationException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static string? Line(StreamReader reader, string file, long line)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidDataException)
        {
            throw new DataPreparationException(
                $"{file}, near line {line:N0}: {(e is InvalidDataException ? "not gzip" : "not UTF-8")}.", e);
        }
    }
}

using System.IO.Compression;
using System.Text;
using HsNas.Shared.Translation;

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
                    $"{Source} and {Target} are not aligned: the {(from is null ? "first" : "second")} has {line - 1:N0} lines, the other more. Line i of one must translate line i of the other.");
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
            throw new DataPreparationException($"{file}, near line {line:N0}: {(e is InvalidDataException ? "not gzip" : "not UTF-8")}.", e);
        }
    }
}

/// <summary>Text that a user supplies.</summary>
/// <param name="Train">Training text; cleaned.</param>
/// <param name="Valid">Validation text, taken as it is; drawn from the training text where null.</param>
/// <param name="Test">Test text, taken as it is; drawn from the training text where null.</param>
/// <param name="Cleaner">What is kept of the training text.</param>
/// <param name="Provenance">Where the text comes from.</param>
internal sealed record SuppliedCorpus(ParallelFiles Train, ParallelFiles? Valid, ParallelFiles? Test, CorpusCleaner Cleaner, string Provenance) : IRawCorpus
{
    /// <inheritdoc/>
    public IEnumerable<SentencePair> Read(CorpusPart part) => (part, Valid, Test) switch
    {
        (CorpusPart.Valid, { } own, _) => Whole(own),
        (CorpusPart.Test, _, { } own) => Whole(own),
        _ => Cleaner.Clean(Train.Read()).Where(p => PartOf(p) == part),
    };

    private CorpusPart PartOf(SentencePair pair) => CorpusCleaner.PartOf(pair.Source) switch
    {
        CorpusPart.Valid when Valid is null => CorpusPart.Valid,
        CorpusPart.Test when Test is null => CorpusPart.Test,
        _ => CorpusPart.Train,
    };

    // A sentence left out of a test set would make its BLEU incomparable.
    private static IEnumerable<SentencePair> Whole(ParallelFiles files) =>
        files.Read().Select((p, i) =>
        {
            var pair = new SentencePair(CorpusCleaner.FoldWhiteSpace(p.Source), CorpusCleaner.FoldWhiteSpace(p.Target));
            return pair.Source.Length > 0 && pair.Target.Length > 0 ? pair
                : throw new DataPreparationException($"{(pair.Source.Length == 0 ? files.Source : files.Target)}, line {i + 1:N0}, is empty: validation and test text need both sides.");
        });
}

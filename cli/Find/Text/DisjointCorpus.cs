using HsNas.Cli.Data;
using HsNas.Translation;

namespace HsNas.Cli.Find.Text;

/// <summary>A corpus without training pairs whose source sentence is in the validation or test text, too; their BLEU would be too good.
/// Parts that are drawn from one text have none in common anyway.</summary>
internal sealed class DisjointCorpus(IRawCorpus corpus) : IRawCorpus
{
    private readonly Lazy<HashSet<string>> _held = new(() =>
        [.. new[] { CorpusPart.Valid, CorpusPart.Test }.SelectMany(corpus.Read).Select(p => Normalise(p.Source))]);

    /// <inheritdoc/>
    public string Provenance => corpus.Provenance;

    /// <inheritdoc/>
    public IEnumerable<SentencePair> Read(CorpusPart part) => part == CorpusPart.Train
        ? corpus.Read(part).Where(p => !_held.Value.Contains(Normalise(p.Source)))
        : corpus.Read(part);

    private static string Normalise(string text) => CorpusCleaner.FoldWhiteSpace(text).ToLowerInvariant();
}

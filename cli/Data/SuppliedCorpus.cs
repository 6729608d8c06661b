using HsNas.Translation;

namespace HsNas.Cli.Data;

/// <summary>
/// Text that a user supplies. Validation and test text is taken as it is, or drawn from the training text by hash and kept
/// in memory; the training part is read from its files and cleaned at every reading.
/// </summary>
/// <param name="train">Training text.</param>
/// <param name="valid">Validation text; drawn where null.</param>
/// <param name="test">Test text; drawn where null.</param>
/// <param name="cleaner">What is kept of the training text.</param>
/// <param name="provenance">Where the text comes from.</param>
internal sealed class SuppliedCorpus(
    ParallelFiles train, ParallelFiles? valid, ParallelFiles? test, CorpusCleaner cleaner, string provenance) : IRawCorpus
{
    private readonly Dictionary<CorpusPart, IReadOnlyList<SentencePair>> _kept = [];

    /// <inheritdoc/>
    public string Provenance => provenance;

    /// <inheritdoc/>
    public IEnumerable<SentencePair> Read(CorpusPart part)
    {
        if (part == CorpusPart.Train) return cleaner.Clean(train.Read()).Where(p => PartOf(p) == CorpusPart.Train);
        if (_kept.Count == 0)
        {
            var drawn = valid is null || test is null
                ? cleaner.Clean(train.Read()).Where(p => PartOf(p) != CorpusPart.Train).ToLookup(PartOf) : null;
            _kept[CorpusPart.Valid] = valid is null ? [.. drawn![CorpusPart.Valid]] : Whole(valid);
            _kept[CorpusPart.Test] = test is null ? [.. drawn![CorpusPart.Test]] : Whole(test);
        }

        return _kept[part];
    }

    private CorpusPart PartOf(SentencePair pair) => CorpusCleaner.PartOf(pair.Source) switch
    {
        CorpusPart.Valid when valid is null => CorpusPart.Valid,
        CorpusPart.Test when test is null => CorpusPart.Test,
        _ => CorpusPart.Train,
    };

    // A sentence left out of a test set would make its BLEU incomparable.
    private static List<SentencePair> Whole(ParallelFiles files) =>
        [.. files.Read().Select((p, i) =>
        {
            var pair = new SentencePair(CorpusCleaner.FoldWhiteSpace(p.Source), CorpusCleaner.FoldWhiteSpace(p.Target));
            return pair.Source.Length > 0 && pair.Target.Length > 0 ? pair
                : throw new DataPreparationException(
                    $"{(pair.Source.Length == 0 ? files.Source : files.Target)}, line {i + 1:N0}, is empty: validation and test text "
                        + "need both sides.");
        })];
}

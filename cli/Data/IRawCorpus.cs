using HsNas.Translation;

namespace HsNas.Cli.Data;

/// <summary>Parallel text in parts. Every reading of a part gives the same pairs in the same order.</summary>
internal interface IRawCorpus
{
    /// <summary>Where the text comes from, with versions and licence.</summary>
    string Provenance { get; }

    /// <summary>The pairs of a part.</summary>
    IEnumerable<SentencePair> Read(CorpusPart part);
}

/// <summary>One text, cleaned, whose parts are drawn by hash (<see cref="CorpusCleaner.PartOf"/>).</summary>
internal sealed class DrawnCorpus : IRawCorpus
{
    private readonly ILookup<CorpusPart, SentencePair> _parts;

    /// <summary>Cleans <paramref name="raw"/> once and keeps it.</summary>
    public DrawnCorpus(IEnumerable<SentencePair> raw, string provenance, CorpusCleaner? cleaner = null) =>
        (_parts, Provenance) = ((cleaner ?? new CorpusCleaner()).Clean(raw).ToLookup(p => CorpusCleaner.PartOf(p.Source)), provenance);

    /// <inheritdoc/>
    public string Provenance { get; }

    /// <inheritdoc/>
    public IEnumerable<SentencePair> Read(CorpusPart part) => _parts[part];
}

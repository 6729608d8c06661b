using HsNas.Spaces;

namespace HsNas.Evolution.Racing;

/// <summary>
/// What a run knows of losses, in the order in which it came to know them. Not safe for concurrent use.
/// </summary>
public sealed class LossBook
{
    private readonly List<LossRecord> _records = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>A book of records; later ones of an architecture replace shorter ones.</summary>
    public LossBook(IEnumerable<LossRecord>? records = null) => Add(records ?? []);

    /// <summary>All records, each architecture once.</summary>
    public IReadOnlyList<LossRecord> Records => _records;

    /// <summary>What is known of an architecture; a record without sums where nothing is.</summary>
    public LossRecord Of(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return _places.TryGetValue(architecture.Key, out var place) ? _records[place] : new LossRecord(architecture, []);
    }

    /// <summary>
    /// Enters records. Of two records of an architecture the longer one stays. One that becomes longer moves to the end, so that the
    /// records that are complete stand in the order in which they were completed.
    /// </summary>
    public void Add(IEnumerable<LossRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var longer = records.Where(r => r.Sums.Length > Of(r.Architecture).Sums.Length).ToList();
        if (longer.Count == 0) return;
        var replaced = longer.Select(r => r.Architecture.Key).ToHashSet(StringComparer.Ordinal);
        _records.RemoveAll(r => replaced.Contains(r.Architecture.Key));
        _records.AddRange(longer);
        _places.Clear();
        for (var i = 0; i < _records.Count; i++) _places[_records[i].Architecture.Key] = i;
    }

    /// <summary>
    /// Architectures scored on all of <paramref name="blocks"/> blocks, oldest first, without those of <paramref name="except"/>.
    /// </summary>
    public IReadOnlyList<LossRecord> Complete(int blocks, IEnumerable<Architecture> except)
    {
        var excluded = except.Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        return [.. _records.Where(r => r.Sums.Length == blocks && !excluded.Contains(r.Architecture.Key))];
    }
}

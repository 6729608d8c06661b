using System.Globalization;
using HsNas.Evaluation.Supernets;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Fronts;

/// <summary>
/// Losses by architecture, each computed once and kept in a file, so that searches that meet the same architecture pay once.
/// </summary>
internal sealed class LossMemo : ISupernetScorer
{
    private readonly Dictionary<string, double> _known = new(StringComparer.Ordinal);
    private readonly Func<IReadOnlyList<Architecture>, double[]> _score;
    private readonly string _file;

    public LossMemo(string file, Func<IReadOnlyList<Architecture>, double[]> score)
    {
        (_file, _score) = (file, score);
        if (!File.Exists(file)) return;
        foreach (var parts in File.ReadLines(file).Select(l => l.Split(' ')))
            _known[parts[0]] = double.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    public string Fingerprint => "memo";

    public int Known => _known.Count;

    public ValueTask<IReadOnlyList<double>> ValidationLossAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        var missing = architectures.Where(a => !_known.ContainsKey(a.Key)).DistinctBy(a => a.Key).ToList();
        if (missing.Count > 0)
        {
            var losses = _score(missing);
            for (var i = 0; i < missing.Count; i++) _known[missing[i].Key] = losses[i];
            File.AppendAllLines(_file, missing.Select((a, i) => string.Create(CultureInfo.InvariantCulture, $"{a.Key} {losses[i]:R}")));
        }

        return new([.. architectures.Select(a => _known[a.Key])]);
    }
}

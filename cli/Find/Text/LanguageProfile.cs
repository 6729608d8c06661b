namespace HsNas.Cli.Find.Text;

/// <summary>
/// How often each three neighbouring letters stand in a text. Two samples of one language have nearly the same profile, samples of
/// two languages have not, however close these are; so a text is compared with its own halves, and no table of languages is needed.
/// </summary>
internal sealed class LanguageProfile
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a line.</summary>
    public void Add(string line)
    {
        foreach (var word in line.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var padded = $" {word} ";
            for (var i = 0; i + 3 <= padded.Length; i++)
            {
                var key = padded.Substring(i, 3);
                _counts[key] = _counts.GetValueOrDefault(key) + 1;
            }
        }
    }

    /// <summary>Cosine of the angle between the square roots of the counts, 0 (nothing in common) to 1.</summary>
    public double Likeness(LanguageProfile other)
    {
        double common = 0;
        foreach (var (key, count) in _counts)
            if (other._counts.TryGetValue(key, out var theirs)) common += Math.Sqrt((double)count * theirs);
        var sizes = Math.Sqrt(_counts.Values.Sum(c => (double)c) * other._counts.Values.Sum(c => (double)c));
        return sizes > 0 ? common / sizes : 0;
    }
}

using System.Globalization;
using HsNas.Kernel;

namespace HsNas.Benchmarks.Latency;

/// <summary>Means over repeats with 95 % intervals, which resample whole repeats.</summary>
internal sealed class RepeatedMeans
{
    private const int Resamples = 2000;

    private readonly Dictionary<string, List<double>> _values = new(StringComparer.Ordinal);

    /// <summary>Adds the value of one repeat.</summary>
    public void Add(string name, double value)
    {
        if (!_values.TryGetValue(name, out var values)) _values[name] = values = [];
        values.Add(value);
    }

    /// <summary>The mean.</summary>
    public double Mean(string name) => _values[name].Average();

    /// <summary>"mean (low to high)".</summary>
    public string Say(string name, string format) => Say(_values[name], format);

    /// <summary>The same of what the one is above the other in the same repeat.</summary>
    public string SayDifference(string name, string baseline, string format) =>
        Say([.. _values[name].Zip(_values[baseline], (a, b) => a - b)], format);

    private static string Say(List<double> values, string format)
    {
        var random = SeededRandom.For(1, 0, "benchmark intervals");
        double[] means = [.. Enumerable.Range(0, Resamples)
            .Select(_ => Enumerable.Range(0, values.Count).Average(_ => values[random.Next(values.Count)])).Order()];
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(values.Average())} ({Text(means[(int)(0.025 * Resamples)])} to {Text(means[(int)(0.975 * Resamples)])})";
    }
}

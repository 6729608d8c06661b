using System.Diagnostics;

namespace HsNas.Benchmarks.Deployment;

/// <summary>
/// Milliseconds a sentence. Each batch is translated by every form in turn, round after round, and the least time of a batch counts:
/// other work on the machine only ever adds to it.
/// </summary>
internal static class DeployedSpeed
{
    /// <summary>One figure a form, in their order.</summary>
    public static double[] Measure(IReadOnlyList<IDeployed> forms, IReadOnlyList<int[]> sources, int batch, int beam, int rounds)
    {
        var batches = sources.Chunk(batch).ToList();
        foreach (var form in forms) foreach (var rows in batches.Take(Math.Max(1, 20 / batch))) form.Translate(rows, beam);
        var least = forms.Select(_ => Enumerable.Repeat(double.MaxValue, batches.Count).ToArray()).ToArray();
        for (var round = 0; round < rounds; round++)
            for (var b = 0; b < batches.Count; b++)
                for (var f = 0; f < forms.Count; f++)
                {
                    var start = Stopwatch.GetTimestamp();
                    forms[f].Translate(batches[b], beam);
                    least[f][b] = Math.Min(least[f][b], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

        return [.. least.Select(times => times.Sum() / sources.Count)];
    }
}

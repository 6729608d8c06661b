using HsNas.GpuWorker.Supernets;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Support;

internal static class LogitsOf
{
    /// <summary>Teacher-forced logits [T, V] of the first sentence.</summary>
    public static double[,] Model(SuperTransformer model, Architecture architecture, int[][] sources, int[][] targets)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var padded = sources.Any(s => s.Length < sources.Max(x => x.Length));
        var encoded = model.Encode(architecture, Rows(sources), padded);
        var logits = model.Logits(model.Decode(architecture, encoded, Rows(targets)));
        return Weights.Matrix(logits.select(0, 0).narrow(0, 0, targets[0].Length));
    }

    public static Tensor Rows(int[][] rows)
    {
        var length = rows.Max(r => r.Length);
        var values =
            rows.SelectMany(r => r.Select(t => (long)t).Concat(Enumerable.Repeat((long)BytePairVocabulary.Padding, length - r.Length)));
        return tensor(values.ToArray(), new long[] { rows.Length, length });
    }

    public static void AssertClose(double[,] expected, double[,] actual, double tolerance, string what)
    {
        for (var t = 0; t < expected.GetLength(0); t++)
            for (var v = 0; v < expected.GetLength(1); v++)
                Assert.True(Math.Abs(expected[t, v] - actual[t, v]) <= tolerance,
                    $"{what}: [{t}, {v}] is {actual[t, v]}, expected {expected[t, v]}");
    }
}

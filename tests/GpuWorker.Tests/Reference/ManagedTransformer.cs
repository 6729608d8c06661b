using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.GpuWorker.Tests.Reference;

/// <summary>
/// A stand-alone Transformer in plain double arithmetic, one sentence at a time, that owns copies of just the weights a
/// subtransformer uses. It shares no code with the supernet, so agreement means that slicing is exact.
/// </summary>
internal sealed class ManagedTransformer(Architecture architecture, int qkvDim, int maxDim, IReadOnlyDictionary<string, double[,]> weights)
{
    /// <summary>Logits [T, V] for a target input.</summary>
    public double[,] Logits(int[] source, int[] targetInput)
    {
        var layers = new List<double[,]>();
        var x = Embed(source, architecture.EncoderEmbedDim);
        for (var i = 0; i < architecture.EncoderLayers; i++)
        {
            var p = $"encoder.{i}.";
            x = Norm(p + "attentionNorm", Add(x, Attention(p + "attention", x, x, architecture.EncoderHeads[i], causal: false)));
            x = Norm(p + "feedForwardNorm", Add(x, FeedForward(p + "feedForward", x, architecture.EncoderFfnDims[i])));
            layers.Add(x);
        }

        var y = Embed(targetInput, architecture.DecoderEmbedDim);
        for (var j = 0; j < architecture.DecoderLayers; j++)
        {
            var p = $"decoder.{j}.";
            var memory = Concat([.. Enumerable.Range(1, architecture.AttendedEncoderLayers(j)).Select(k => layers[^k])]);
            y = Norm(p + "selfNorm", Add(y, Attention(p + "selfAttention", y, y, architecture.DecoderSelfHeads[j], causal: true)));
            y = Norm(p + "crossNorm", Add(y, Attention(p + "crossAttention", y, memory, architecture.DecoderCrossHeads[j], causal: false)));
            y = Norm(p + "feedForwardNorm", Add(y, FeedForward(p + "feedForward", y, architecture.DecoderFfnDims[j])));
        }

        var table = weights["embedding"];
        var logits = new double[y.GetLength(0), table.GetLength(0)];
        for (var t = 0; t < y.GetLength(0); t++)
            for (var v = 0; v < table.GetLength(0); v++)
                for (var d = 0; d < architecture.DecoderEmbedDim; d++) logits[t, v] += y[t, d] * table[v, d];
        return logits;
    }

    private double[,] Embed(int[] tokens, int dim)
    {
        var result = new double[tokens.Length, dim];
        var half = maxDim / 2;
        for (var t = 0; t < tokens.Length; t++)
            for (var d = 0; d < dim; d++)
            {
                var angle = (t + BytePairVocabulary.Padding + 1) * Math.Exp(-(d % half) * Math.Log(10000) / (half - 1));
                result[t, d] = (weights["embedding"][tokens[t], d] * Math.Sqrt(dim)) + (d < half ? Math.Sin(angle) : Math.Cos(angle));
            }

        return result;
    }

    private double[,] Attention(string name, double[,] x, double[,] memory, int heads, bool causal)
    {
        var query = Linear(name + ".qkv", x, 0, qkvDim);
        var key = Linear(name + ".qkv", memory, qkvDim, qkvDim);
        var value = Linear(name + ".qkv", memory, 2 * qkvDim, qkvDim);
        var width = qkvDim / heads;
        var mixed = new double[x.GetLength(0), qkvDim];
        for (var h = 0; h < heads; h++)
            for (var t = 0; t < x.GetLength(0); t++)
            {
                var positions = causal ? t + 1 : memory.GetLength(0);
                var scores = new double[positions];
                for (var s = 0; s < positions; s++)
                    for (var c = h * width; c < (h + 1) * width; c++) scores[s] += query[t, c] * key[s, c] / Math.Sqrt(width);
                var largest = scores.Max();
                var total = scores.Sum(s => Math.Exp(s - largest));
                for (var s = 0; s < positions; s++)
                    for (var c = h * width; c < (h + 1) * width; c++) mixed[t, c] += Math.Exp(scores[s] - largest) / total * value[s, c];
            }

        return Linear(name + ".output", mixed, 0, x.GetLength(1));
    }

    private double[,] FeedForward(string name, double[,] x, int inner)
    {
        var hidden = Linear(name + ".fc1", x, 0, inner);
        for (var t = 0; t < hidden.GetLength(0); t++)
            for (var d = 0; d < inner; d++) hidden[t, d] = Math.Max(0, hidden[t, d]);
        return Linear(name + ".fc2", hidden, 0, x.GetLength(1));
    }

    private double[,] Linear(string name, double[,] x, int start, int count)
    {
        var (weight, bias) = (weights[name + ".weight"], weights[name + ".bias"]);
        var result = new double[x.GetLength(0), count];
        for (var t = 0; t < x.GetLength(0); t++)
            for (var o = 0; o < count; o++)
            {
                result[t, o] = bias[0, start + o];
                for (var d = 0; d < x.GetLength(1); d++) result[t, o] += x[t, d] * weight[start + o, d];
            }

        return result;
    }

    private double[,] Norm(string name, double[,] x)
    {
        var dim = x.GetLength(1);
        var result = new double[x.GetLength(0), dim];
        for (var t = 0; t < x.GetLength(0); t++)
        {
            double mean = 0, variance = 0;
            for (var d = 0; d < dim; d++) mean += x[t, d] / dim;
            for (var d = 0; d < dim; d++) variance += (x[t, d] - mean) * (x[t, d] - mean) / dim;
            for (var d = 0; d < dim; d++)
                result[t, d] = ((x[t, d] - mean) / Math.Sqrt(variance + 1e-5) * weights[name + ".weight"][0, d])
                    + weights[name + ".bias"][0, d];
        }

        return result;
    }

    private static double[,] Add(double[,] a, double[,] b)
    {
        var result = new double[a.GetLength(0), a.GetLength(1)];
        for (var t = 0; t < a.GetLength(0); t++)
            for (var d = 0; d < a.GetLength(1); d++) result[t, d] = a[t, d] + b[t, d];
        return result;
    }

    private static double[,] Concat(IReadOnlyList<double[,]> parts)
    {
        var result = new double[parts.Sum(p => p.GetLength(0)), parts[0].GetLength(1)];
        var at = 0;
        foreach (var part in parts)
        {
            for (var t = 0; t < part.GetLength(0); t++, at++)
                for (var d = 0; d < part.GetLength(1); d++) result[at, d] = part[t, d];
        }

        return result;
    }
}

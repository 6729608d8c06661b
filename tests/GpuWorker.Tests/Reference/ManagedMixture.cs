using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.GpuWorker.Tests.Reference;

/// <summary>
/// Mixes the experts of a mixture of supernets for one architecture in plain double arithmetic: what remains are the weights
/// of an ordinary stand-alone model.
/// </summary>
internal static class ManagedMixture
{
    public static Dictionary<string, double[,]> Mix(
        Architecture architecture, SearchSpace space, IReadOnlyDictionary<string, double[,]> weights, int experts)
    {
        var features = new float[AggregateFeatures.FeatureCount];
        new LatencyFeatures(space).Write(architecture, features);
        var result = weights.Where(w => !w.Key.Contains(".feedForward.", StringComparison.Ordinal)).ToDictionary();
        for (var i = 0; i < architecture.EncoderLayers; i++)
            Layer($"encoder.{i}.feedForward", architecture.EncoderFfnDims[i], architecture.EncoderEmbedDim);
        for (var j = 0; j < architecture.DecoderLayers; j++)
            Layer($"decoder.{j}.feedForward", architecture.DecoderFfnDims[j], architecture.DecoderEmbedDim);
        return result;

        void Layer(string name, int inner, int dim)
        {
            var neuronWise = weights.ContainsKey(name + ".outRouter.hidden.weight");
            var shares = Shares(name + ".router", neuronWise ? inner : 1);
            MixMap(name + ".fc1", shares, inner, dim);
            MixMap(name + ".fc2", neuronWise ? Shares(name + ".outRouter", dim) : shares, dim, inner);
        }

        void MixMap(string name, double[][] shares, int outputs, int inputs)
        {
            var (weight, bias) = (new double[outputs, inputs], new double[1, outputs]);
            for (var r = 0; r < outputs; r++)
                for (var e = 0; e < experts; e++)
                {
                    var share = shares[Math.Min(r, shares.Length - 1)][e];
                    bias[0, r] += share * weights[$"{name}.{e}.bias"][0, r];
                    for (var c = 0; c < inputs; c++) weight[r, c] += share * weights[$"{name}.{e}.weight"][r, c];
                }

            (result[name + ".weight"], result[name + ".bias"]) = (weight, bias);
        }

        double[][] Shares(string router, int rows)
        {
            var (w1, b1) = (weights[router + ".hidden.weight"], weights[router + ".hidden.bias"]);
            var (w2, b2) = (weights[router + ".scores.weight"], weights[router + ".scores.bias"]);
            var hidden = Enumerable.Range(0, w1.GetLength(0))
                .Select(h => Math.Max(0, b1[0, h] + features.Select((f, c) => f * w1[h, c]).Sum())).ToArray();
            return [.. Enumerable.Range(0, rows).Select(r =>
            {
                var scores = Enumerable.Range(r * experts, experts)
                    .Select(o => Math.Exp(b2[0, o] + hidden.Select((x, h) => x * w2[o, h]).Sum())).ToArray();
                return scores.Select(s => s / scores.Sum()).ToArray();
            })];
        }
    }
}

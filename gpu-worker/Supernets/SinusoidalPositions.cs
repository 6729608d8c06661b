using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// Position table [positions, dim]: the first half sines, the second cosines, with frequencies exp(-i ln(10000) / (dim/2 - 1)).
/// It is built for the widest embedding and cut to a prefix of columns. Position 0 has id padding + 1.
/// </summary>
internal static class SinusoidalPositions
{
    public static Tensor Table(int positions, int dim)
    {
        var half = dim / 2;
        var values = new float[positions * dim];
        for (var position = 0; position < positions; position++)
        {
            for (var i = 0; i < half; i++)
            {
                var angle = (position + BytePairVocabulary.Padding + 1) * Math.Exp(-i * Math.Log(10000) / (half - 1));
                values[(position * dim) + i] = (float)Math.Sin(angle);
                values[(position * dim) + half + i] = (float)Math.Cos(angle);
            }
        }

        return tensor(values, new long[] { positions, dim });
    }
}

using HsNas.Translation;

namespace HsNas.Models;

/// <summary>
/// Sinusoidal positions: the first half of the columns sines, the second cosines, with frequencies
/// exp(-i ln(10000) / (dim/2 - 1)). The table is built for the widest embedding; narrower ones read a prefix of its columns.
/// Position 0 has the number padding + 1.
/// </summary>
public static class PositionTable
{
    /// <summary>Longest sentence, end mark included, that has positions.</summary>
    public const int MaxLength = 512;

    /// <summary>The table, row by row: <paramref name="positions"/> rows of <paramref name="dim"/> values.</summary>
    public static float[] Values(int positions, int dim)
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

        return values;
    }
}

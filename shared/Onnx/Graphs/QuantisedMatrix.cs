namespace HsNas.Onnx.Graphs;

/// <summary>
/// A matrix in 8 bits with one scale a row: value = scale * (byte - 128). Bytes are unsigned with the middle as zero, because
/// products of unsigned with signed bytes overflow on processors without dot product instructions (x64 before VNNI).
/// </summary>
/// <param name="Bytes">Row by row.</param>
/// <param name="Scales">One a row.</param>
internal sealed record QuantisedMatrix(byte[] Bytes, float[] Scales)
{
    /// <summary>The byte of the value 0.</summary>
    public const byte Zero = 128;

    private const int Largest = 127;

    /// <summary>Quantises a matrix of <paramref name="rows"/> rows.</summary>
    public static QuantisedMatrix Of(float[] values, int rows)
    {
        var width = values.Length / rows;
        var (bytes, scales) = (new byte[values.Length], new float[rows]);
        for (var r = 0; r < rows; r++)
        {
            var row = values.AsSpan(r * width, width);
            var largest = 0f;
            foreach (var value in row) largest = Math.Max(largest, Math.Abs(value));
            // A row of zeros has any scale but 0.
            scales[r] = largest == 0 ? 1 : largest / Largest;
            for (var i = 0; i < width; i++) bytes[(r * width) + i] = (byte)(Zero + Math.Round(row[i] / scales[r]));
        }

        return new QuantisedMatrix(bytes, scales);
    }

    /// <summary>The bytes column by column.</summary>
    public byte[] Transposed()
    {
        var (rows, width) = (Scales.Length, Bytes.Length / Scales.Length);
        var result = new byte[Bytes.Length];
        for (var r = 0; r < rows; r++)
            for (var i = 0; i < width; i++) result[(i * rows) + r] = Bytes[(r * width) + i];
        return result;
    }
}

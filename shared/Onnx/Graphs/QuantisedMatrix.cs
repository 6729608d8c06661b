namespace HsNas.Onnx.Graphs;

/// <summary>A matrix in signed bytes with one scale a row: value = scale * byte.</summary>
/// <param name="Bytes">Row by row.</param>
/// <param name="Scales">One a row.</param>
internal sealed record QuantisedMatrix(byte[] Bytes, float[] Scales)
{
    /// <summary>
    /// Largest byte of a matrix that takes part in products. Processors without dot product instructions (x64 before VNNI) add two
    /// products of an unsigned and a signed byte in 16 bits: 2 * 255 * 64 is just below their end. With larger bytes the same model
    /// would translate differently there.
    /// </summary>
    public const int LargestFactor = 64;

    /// <summary>Largest byte of a matrix that is only looked up.</summary>
    public const int Largest = sbyte.MaxValue;

    /// <summary>Quantises a matrix of <paramref name="rows"/> rows to bytes from -<paramref name="largest"/> to that.</summary>
    public static QuantisedMatrix Of(float[] values, int rows, int largest)
    {
        var width = values.Length / rows;
        var (bytes, scales) = (new byte[values.Length], new float[rows]);
        for (var r = 0; r < rows; r++)
        {
            var row = values.AsSpan(r * width, width);
            var most = 0f;
            foreach (var value in row) most = Math.Max(most, Math.Abs(value));
            // A row of zeros has any scale but 0.
            scales[r] = most == 0 ? 1 : most / largest;
            for (var i = 0; i < width; i++) bytes[(r * width) + i] = unchecked((byte)(sbyte)Math.Round(row[i] / scales[r]));
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

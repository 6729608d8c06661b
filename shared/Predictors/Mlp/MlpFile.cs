using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Mlp;

/// <summary>
/// The file of an <see cref="MlpModel"/>: the line "hsnas-mlp 1", one line of JSON with the shapes and label scaling, then
/// all weights and biases, layer by layer, as little-endian 32-bit floats.
/// </summary>
public static class MlpFile
{
    private const string Magic = "hsnas-mlp 1";
    private const int LongestHeader = 65_536;

    private static readonly JsonSerializerOptions OneLine = new(StrictJson.Options) { WriteIndented = false };

    private sealed record Header
    {
        public required string FeatureEncoding { get; init; }

        public required ImmutableArray<int> Widths { get; init; }

        public required double LabelMean { get; init; }

        public required double LabelScale { get; init; }
    }

    /// <summary>Writes <paramref name="model"/>; equal models give equal bytes.</summary>
    public static void Write(MlpModel model, Stream stream)
    {
        var header = new Header
        {
            FeatureEncoding = model.FeatureEncoding,
            Widths = [model.Inputs, .. model.Layers.Select(l => l.Outputs)],
            LabelMean = model.LabelMean,
            LabelScale = model.LabelScale,
        };
        stream.Write(Encoding.UTF8.GetBytes($"{Magic}\n{JsonSerializer.Serialize(header, OneLine)}\n"));
        foreach (var layer in model.Layers)
        {
            WriteFloats(stream, layer.Weights);
            WriteFloats(stream, layer.Biases);
        }
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="DataFormatException">Wrong kind of file, wrong shapes, truncated, or numbers that are not finite.</exception>
    public static MlpModel Read(Stream stream, string sourceName)
    {
        var magic = ReadLine(stream, sourceName);
        if (magic != Magic)
        {
            throw new DataFormatException(sourceName, "first line", magic, $"\"{Magic}\"");
        }

        var header = StrictJson.Read<Header>(
            ReadLine(stream, sourceName),
            (field, value, allowed) => new DataFormatException(sourceName, field, value, allowed, 2));
        if (header.Widths.Length < 2 || header.Widths.Any(w => w is < 1 or > 65_536))
        {
            throw new DataFormatException(
                sourceName, "widths", $"[{string.Join(", ", header.Widths)}]", "at least two widths of 1 to 65536", 2);
        }

        var layers = new List<DenseLayer>();
        for (var l = 1; l < header.Widths.Length; l++)
        {
            var (inputs, outputs) = (header.Widths[l - 1], header.Widths[l]);
            layers.Add(new DenseLayer(inputs, outputs, ReadFloats(stream, checked(inputs * outputs), sourceName),
                ReadFloats(stream, outputs, sourceName)));
        }

        Validate(sourceName, layers, header.LabelMean, header.LabelScale);
        return new MlpModel(header.FeatureEncoding, layers, header.LabelMean, header.LabelScale);
    }

    internal static void Validate(string source, IReadOnlyList<DenseLayer> layers, double labelMean, double labelScale)
    {
        if (layers.Count == 0 || layers[^1].Outputs != 1)
        {
            throw new DataFormatException(source, "layers", layers.Count == 0 ? "empty" : $"ending in {layers[^1].Outputs} outputs",
                "at least one layer, the last with one output");
        }

        for (var l = 0; l < layers.Count; l++)
        {
            layers[l].Validate(l, source);
            if (l > 0 && layers[l].Inputs != layers[l - 1].Outputs)
            {
                throw new DataFormatException(
                    source, $"layers[{l}].inputs", Show(layers[l].Inputs), $"{layers[l - 1].Outputs}, the outputs of the layer before");
            }
        }

        if (!double.IsFinite(labelMean) || !(labelScale > 0) || !double.IsFinite(labelScale))
        {
            throw new DataFormatException(
                source, "labelMean, labelScale", $"{Show(labelMean)}, {Show(labelScale)}", "a finite mean and a finite positive scale");
        }
    }

    private static string ReadLine(Stream stream, string sourceName)
    {
        var bytes = new List<byte>();
        for (var b = stream.ReadByte(); b != '\n'; b = stream.ReadByte())
        {
            if (b < 0 || bytes.Count == LongestHeader)
            {
                throw new DataFormatException(
                    sourceName, "header", b < 0 ? "cut short" : "too long", $"a line of at most {LongestHeader} bytes");
            }

            bytes.Add((byte)b);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static float[] ReadFloats(Stream stream, int count, string sourceName)
    {
        var bytes = new byte[checked(count * sizeof(float))];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new DataFormatException(sourceName, "weights", "cut short", $"{count} more numbers");
        }

        var values = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            SwapBytes(values);
        }

        return values;
    }

    private static void WriteFloats(Stream stream, float[] values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes<float>(values));
            return;
        }

        var swapped = (float[])values.Clone();
        SwapBytes(swapped);
        stream.Write(MemoryMarshal.AsBytes<float>(swapped));
    }

    private static void SwapBytes(float[] values)
    {
        var words = MemoryMarshal.Cast<float, uint>(values.AsSpan());
        System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(words, words);
    }

    private static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);
}

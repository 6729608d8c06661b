using System.Buffers;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Mlp;

/// <summary>
/// A trained multi-layer perceptron with ReLU between its layers and one output; a prediction is label mean + label scale
/// times that output. Inference is managed, vectorised and allocates nothing once warm. Immutable; safe for concurrent use.
/// </summary>
public sealed class MlpModel
{
    // Rows in flight: enough to amortise reading the weights, few enough that activations stay in the first-level caches.
    private const int RowsPerBlock = 32;

    private readonly float[][] _transposed;
    private readonly Lazy<string> _fingerprint;

    /// <summary>A model of trained layers.</summary>
    /// <param name="featureEncoding">Name of the encoding the model reads, as in
    /// <see cref="Spaces.Features.IFeatureEncoding.Name"/>.</param>
    /// <param name="layers">First layer first; each layer's inputs are the outputs of the one before, the last has one output. Not
    /// copied: do not change the arrays afterwards.</param>
    /// <param name="labelMean">Added to the scaled output; 0 for raw labels.</param>
    /// <param name="labelScale">Multiplies the output; positive, 1 for raw labels.</param>
    /// <exception cref="DataFormatException">Shapes do not fit together, or a number is not finite.</exception>
    public MlpModel(string featureEncoding, IReadOnlyList<DenseLayer> layers, double labelMean = 0, double labelScale = 1)
    {
        MlpFile.Validate("mlp", layers, labelMean, labelScale);
        FeatureEncoding = featureEncoding;
        Layers = layers;
        LabelMean = labelMean;
        LabelScale = labelScale;
        _transposed = [.. layers.Select(Transpose)];
        _fingerprint = new Lazy<string>(() =>
        {
            using var bytes = new MemoryStream();
            Save(bytes);
            return "mlp-" + Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..16];
        });
    }

    /// <summary>Name of the feature encoding the model was trained on.</summary>
    public string FeatureEncoding { get; }

    /// <summary>The layers.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>Mean of the training labels, or 0.</summary>
    public double LabelMean { get; }

    /// <summary>Standard deviation of the training labels, or 1.</summary>
    public double LabelScale { get; }

    /// <summary>Number of features.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>Content hash: equal for models that predict alike because they are the same numbers.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>Multiply-accumulate operations of one prediction.</summary>
    public long MultiplyAccumulates => Layers.Sum(l => (long)l.Inputs * l.Outputs);

    /// <summary>The prediction for one row of <see cref="Inputs"/> features.</summary>
    public double Predict(ReadOnlySpan<float> features)
    {
        Span<double> result = stackalloc double[1];
        Predict(features, result);
        return result[0];
    }

    /// <summary>Predictions of many rows. A row's value does not depend on the rows beside it.</summary>
    /// <param name="features">Row-major, <paramref name="destination"/>.Length rows of <see cref="Inputs"/> features.</param>
    /// <param name="destination">Receives one value per row.</param>
    public void Predict(ReadOnlySpan<float> features, Span<double> destination)
    {
        if (features.Length != destination.Length * Inputs)
        {
            throw new ArgumentException($"{features.Length} features are not {destination.Length} rows of {Inputs}.", nameof(features));
        }

        var widest = RowsPerBlock * Layers.Max(l => l.Outputs);
        var front = ArrayPool<float>.Shared.Rent(widest);
        var back = ArrayPool<float>.Shared.Rent(widest);
        for (var row = 0; row < destination.Length; row += RowsPerBlock)
        {
            var rows = Math.Min(RowsPerBlock, destination.Length - row);
            PredictBlock(features.Slice(row * Inputs, rows * Inputs), destination.Slice(row, rows), front, back);
        }

        ArrayPool<float>.Shared.Return(front);
        ArrayPool<float>.Shared.Return(back);
    }

    /// <summary>Writes the model (see <see cref="MlpFile"/>); the stream stays open.</summary>
    public void Save(Stream stream) => MlpFile.Write(this, stream);

    /// <summary>Reads what <see cref="Save"/> wrote; the stream stays open.</summary>
    /// <param name="stream">Positioned at the start of the file.</param>
    /// <param name="sourceName">File or blob name, for messages.</param>
    /// <exception cref="DataFormatException">The file is not such a model.</exception>
    public static MlpModel Load(Stream stream, string sourceName = "mlp") => MlpFile.Read(stream, sourceName);

    private void PredictBlock(ReadOnlySpan<float> features, Span<double> destination, float[] front, float[] back)
    {
        var input = features;
        for (var l = 0; l < Layers.Count - 1; l++)
        {
            var layer = Layers[l];
            var output = front.AsSpan(0, destination.Length * layer.Outputs);
            MatrixProduct.Multiply(input, _transposed[l], layer.Biases, output, destination.Length, layer.Inputs, layer.Outputs);
            TensorPrimitives.Max(output, 0f, output);
            input = output;
            (front, back) = (back, front);
        }

        var last = Layers[^1];
        for (var r = 0; r < destination.Length; r++)
        {
            var value = MatrixProduct.Dot(input.Slice(r * last.Inputs, last.Inputs), last.Weights, last.Biases[0]);
            destination[r] = LabelMean + (LabelScale * value);
        }
    }

    private static float[] Transpose(DenseLayer layer)
    {
        var transposed = new float[layer.Weights.Length];
        for (var o = 0; o < layer.Outputs; o++)
        {
            for (var i = 0; i < layer.Inputs; i++)
            {
                transposed[(i * layer.Outputs) + o] = layer.Weights[(o * layer.Inputs) + i];
            }
        }

        return transposed;
    }
}

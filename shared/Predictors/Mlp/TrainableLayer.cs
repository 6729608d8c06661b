using System.Numerics.Tensors;
using HsNas.Kernel;

namespace HsNas.Predictors.Mlp;

/// <summary>One layer in training: weights held inputs x outputs, with what a backward pass needs of the forward pass.</summary>
internal sealed class TrainableLayer
{
    private readonly float[] _weights;
    private readonly float[] _biases;
    private readonly float[] _weightGradient;
    private readonly float[] _biasGradient;
    private readonly float[] _transposedWeights;
    private readonly float[] _transposedInput;
    private readonly float[] _inputGradient;
    private readonly AdamState _weightAdam;
    private readonly AdamState _biasAdam;
    private readonly bool _rectified;

    /// <summary>Initialised as torch's Linear is: weights and biases uniform within 1 / sqrt(inputs).</summary>
    public TrainableLayer(int inputs, int outputs, int batch, bool rectified, SeededRandom random)
    {
        Inputs = inputs;
        Outputs = outputs;
        _rectified = rectified;
        _weights = new float[inputs * outputs];
        _biases = new float[outputs];
        _weightGradient = new float[inputs * outputs];
        _biasGradient = new float[outputs];
        _transposedWeights = new float[inputs * outputs];
        _transposedInput = new float[inputs * batch];
        _inputGradient = new float[inputs * batch];
        _weightAdam = new AdamState(_weights.Length);
        _biasAdam = new AdamState(outputs);
        Output = new float[outputs * batch];
        var bound = 1 / Math.Sqrt(inputs);
        Fill(_weights);
        Fill(_biases);

        void Fill(float[] values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(bound * ((2 * random.NextDouble()) - 1));
            }
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Activations of the last forward pass, rows x outputs.</summary>
    public float[] Output { get; }

    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> input, int rows)
    {
        var output = Output.AsSpan(0, rows * Outputs);
        MatrixProduct.Multiply(input, _weights, _biases, output, rows, Inputs, Outputs);
        if (_rectified)
        {
            TensorPrimitives.Max(output, 0f, output);
        }

        return output;
    }

    /// <summary>Turns the gradient of the output (overwritten) into those of the parameters, and returns that of the input.</summary>
    public Span<float> Backward(ReadOnlySpan<float> input, Span<float> outputGradient, int rows, bool needsInputGradient)
    {
        if (_rectified)
        {
            for (var i = 0; i < outputGradient.Length; i++)
            {
                outputGradient[i] = Output[i] > 0 ? outputGradient[i] : 0;
            }
        }

        Transpose(input, _transposedInput, rows, Inputs);
        MatrixProduct.Multiply(_transposedInput, outputGradient, default, _weightGradient, Inputs, rows, Outputs);
        Array.Clear(_biasGradient);
        for (var r = 0; r < rows; r++)
        {
            TensorPrimitives.Add(_biasGradient, outputGradient.Slice(r * Outputs, Outputs), _biasGradient);
        }

        if (!needsInputGradient)
        {
            return default;
        }

        Transpose(_weights, _transposedWeights, Inputs, Outputs);
        var inputGradient = _inputGradient.AsSpan(0, rows * Inputs);
        MatrixProduct.Multiply(outputGradient, _transposedWeights, default, inputGradient, rows, Outputs, Inputs);
        return inputGradient;
    }

    public void Update(float rate, int step)
    {
        _weightAdam.Update(_weights, _weightGradient, rate, step);
        _biasAdam.Update(_biases, _biasGradient, rate, step);
    }

    /// <summary>A copy in the form of <see cref="DenseLayer"/>.</summary>
    public DenseLayer Snapshot()
    {
        var weights = new float[_weights.Length];
        Transpose(_weights, weights, Inputs, Outputs);
        return new DenseLayer(Inputs, Outputs, weights, [.. _biases]);
    }

    private static void Transpose(ReadOnlySpan<float> source, Span<float> destination, int rows, int columns)
    {
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                destination[(c * rows) + r] = source[(r * columns) + c];
            }
        }
    }
}

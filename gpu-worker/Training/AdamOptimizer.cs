using HsNas.GpuWorker.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Adam without weight decay. A parameter without a gradient is left alone, and its own count of updates does not change.
/// </summary>
/// <remarks>
/// TorchSharp's own optimizer passes libtorch numbers that a collection may free while they are read, so an update could go
/// wrong at random. Its formula is this one: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g²;
/// p -= rate / (1 - b1^t) · m / (√v / √(1 - b2^t) + eps).
/// </remarks>
internal sealed class AdamOptimizer : IDisposable
{
    private readonly List<Moments> _moments;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;

    /// <summary>Starts with moments of zero.</summary>
    /// <param name="parameters">What to optimize; the order is the order in a checkpoint.</param>
    /// <param name="beta1">Share of the old mean gradient that stays; 0 to 1.</param>
    /// <param name="beta2">Share of the old mean squared gradient that stays; 0 to 1.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    public AdamOptimizer(IEnumerable<Parameter> parameters, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
    {
        (_beta1, _beta2, _epsilon) = (beta1, beta2, epsilon);
        using var scope = NewDisposeScope();
        _moments = [.. parameters.Select(p => new Moments(p))];
    }

    /// <summary>One update of every parameter that has a gradient.</summary>
    /// <param name="rate">Learning rate.</param>
    public void Step(double rate)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        using var keepMean = _beta1.ToScalar();
        using var addMean = (1 - _beta1).ToScalar();
        using var keepSquare = _beta2.ToScalar();
        using var addSquare = (1 - _beta2).ToScalar();
        foreach (var moments in _moments)
        {
            if (moments.Parameter.grad is not { } gradient) continue;
            moments.Step++;
            moments.Mean.mul_(keepMean).add_(gradient, addMean);
            moments.Square.mul_(keepSquare).addcmul_(gradient, gradient, addSquare);
            // √v / √c + eps is multiplied by √c here and in the size below, which saves a pass over memory.
            var correction = Math.Sqrt(1 - Math.Pow(_beta2, moments.Step));
            using var epsilon = (_epsilon * correction).ToScalar();
            using var size = (-rate * correction / (1 - Math.Pow(_beta1, moments.Step))).ToScalar();
            using var denominator = moments.Square.sqrt().AddInPlace(epsilon);
            moments.Parameter.addcdiv_(moments.Mean, denominator, size);
        }
    }

    /// <summary>Writes counts and moments, parameter by parameter.</summary>
    public void Save(BinaryWriter writer)
    {
        foreach (var moments in _moments) writer.Write(moments.Step);
        TensorArchive.Write(writer, Named());
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is of other parameters.</exception>
    public void Restore(BinaryReader reader)
    {
        foreach (var moments in _moments) moments.Step = reader.ReadInt64();
        TensorArchive.ReadInto(reader, Named());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var moments in _moments) moments.Dispose();
    }

    private IReadOnlyCollection<(string Name, Tensor Tensor)> Named() =>
        [.. _moments.SelectMany((m, i) => new[] { ($"{i}.mean", m.Mean), ($"{i}.square", m.Square) })];

    private sealed class Moments(Parameter parameter) : IDisposable
    {
        public Parameter Parameter => parameter;

        public Tensor Mean { get; } = zeros_like(parameter).DetachFromDisposeScope();

        public Tensor Square { get; } = zeros_like(parameter).DetachFromDisposeScope();

        public long Step { get; set; }

        public void Dispose()
        {
            Mean.Dispose();
            Square.Dispose();
        }
    }
}

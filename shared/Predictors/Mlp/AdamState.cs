using System.Numerics.Tensors;

namespace HsNas.Predictors.Mlp;

/// <summary>Adam with the usual decay rates 0.9 and 0.999 for one parameter array.</summary>
internal sealed class AdamState(int size)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;

    private readonly float[] _first = new float[size];
    private readonly float[] _second = new float[size];
    private readonly float[] _scratch = new float[size];

    /// <summary>Moves <paramref name="parameters"/> against <paramref name="gradient"/>.</summary>
    /// <param name="step">Counted from 1; corrects the moments' bias.</param>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, float rate, int step)
    {
        TensorPrimitives.Multiply(_first, Beta1, _first);
        TensorPrimitives.MultiplyAdd(gradient, 1 - Beta1, _first, _first);

        TensorPrimitives.Multiply(gradient, gradient, _scratch);
        TensorPrimitives.Multiply(_second, Beta2, _second);
        TensorPrimitives.MultiplyAdd(_scratch, 1 - Beta2, _second, _second);

        var correction1 = 1 - MathF.Pow(Beta1, step);
        var correction2 = MathF.Sqrt(1 - MathF.Pow(Beta2, step));
        TensorPrimitives.Sqrt(_second, _scratch);
        TensorPrimitives.Add(_scratch, Epsilon * correction2, _scratch);
        TensorPrimitives.Divide(_first, _scratch, _scratch);
        TensorPrimitives.MultiplyAdd(_scratch, -rate * correction2 / correction1, parameters, parameters);
    }
}

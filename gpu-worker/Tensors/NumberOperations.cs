using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tensors;

/// <summary>
/// Operations of a tensor and a number. TorchSharp's own operators pass libtorch a number object that no variable holds. A
/// garbage collection may free it during the call, and libtorch then reads freed memory. Here each number lives until the call
/// has returned.
/// </summary>
internal static class NumberOperations
{
    // TorchSharp's sum of two tensors passes a number too, the factor of the second one. This one is never freed.
    private static readonly Scalar One = 1.ToScalar();

    /// <summary>x plus y, element by element; shapes as libtorch broadcasts them.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, One);

    /// <summary>Adds y to x itself, and returns x.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y) => x.add_(y, One);

    /// <summary>Adds a number to x itself, and returns x.</summary>
    public static Tensor AddInPlace(this Tensor x, Scalar number) => x.add_(number, One);

    /// <summary>x times a number: the shape of x.</summary>
    public static Tensor Times(this Tensor x, double factor)
    {
        using var number = factor.ToScalar();
        return x.mul(number);
    }

    /// <summary>Multiplies x itself by a number, and returns x.</summary>
    public static Tensor ScaleInPlace(this Tensor x, double factor)
    {
        using var number = factor.ToScalar();
        return x.mul_(number);
    }

    /// <summary>x divided by a number: the shape of x.</summary>
    public static Tensor DividedBy(this Tensor x, double divisor)
    {
        using var number = divisor.ToScalar();
        return x.div(number);
    }

    /// <summary>A tensor of one value, of the type and on the device of <paramref name="like"/>.</summary>
    public static Tensor Filled(long[] shape, float value, Tensor like)
    {
        using var number = value.ToScalar();
        return full(shape, number, like.dtype, like.device);
    }

    /// <summary>A copy of x in which minus infinity stands wherever <paramref name="mask"/> [shape of x] is true.</summary>
    public static Tensor WithMinusInfinityAt(this Tensor x, Tensor mask)
    {
        using var number = float.NegativeInfinity.ToScalar();
        return x.masked_fill(mask, number);
    }

    /// <summary>Where x equals an id: booleans in the shape of x.</summary>
    public static Tensor Is(this Tensor x, long id)
    {
        using var number = id.ToScalar();
        return x.eq(number);
    }
}

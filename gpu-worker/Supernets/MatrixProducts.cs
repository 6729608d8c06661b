using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// Every matrix product of the models. Inside <see cref="In"/> products are computed in a 16-bit type. Their results, everything
/// between them (layer norms, softmax, residuals, the loss), weights and gradients stay in single precision: this is the usual
/// mixed precision. Outside of it everything is single precision, and so is all scoring.
/// </summary>
internal static class MatrixProducts
{
    [ThreadStatic]
    private static ScalarType? s_type;

    /// <summary>
    /// Computes this thread's products in <paramref name="type"/> until the result is disposed; null: in the operands' own type.
    /// </summary>
    public static IDisposable In(ScalarType? type)
    {
        var outer = s_type;
        s_type = type;
        return new Restore(outer);
    }

    /// <summary>Whether this thread's products are computed in a 16-bit type.</summary>
    public static bool Reduced => s_type is not null;

    /// <summary>x[..., in] times weight[out, in] transposed, plus bias[out]: [..., out].</summary>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) => s_type is { } type
        ? nn.functional.linear(x.to(type), weight.to(type), bias?.to(type)).to(x.dtype)
        : nn.functional.linear(x, weight, bias);

    /// <summary>a[..., n, m] times b[..., m, p]: [..., n, p].</summary>
    public static Tensor Product(Tensor a, Tensor b) => s_type is { } type ? a.to(type).matmul(b.to(type)).to(a.dtype) : a.matmul(b);

    private sealed class Restore(ScalarType? outer) : IDisposable
    {
        public void Dispose() => s_type = outer;
    }
}

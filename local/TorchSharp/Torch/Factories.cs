using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        dtype ??= start.IsIntegral && stop.IsIntegral && step.IsIntegral ? ScalarType.Int64 : get_default_dtype();
        return hs_arange(start, stop, step, Options(dtype, device, requires_grad));
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        hs_linspace(start, end, steps, Options(dtype, device, requires_grad));

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Unnamed([], names);
        return hs_eye(rows, columns < 0 ? rows : columns, Options(dtype, device, requires_grad));
    }

    /// <summary>Named dimensions are a part of the official signatures that nobody here uses; ignoring them silently would be worse.</summary>
    private static ReadOnlySpan<long> Unnamed(ReadOnlySpan<long> size, string[]? names) =>
        names is null ? size : throw new NotSupportedException("named dimensions are not supported by this stand-in");

    private static Tensor Made<T>(T[] values, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged =>
        Tensor.FromArray(values, Unnamed(dimensions, names), dtype, device, requires_grad);

    private static long[] Sizes(Array array) => Enumerable.Range(0, array.Rank).Select(array.GetLongLength).ToArray();

    /// <summary>The elements of an array of any rank, row by row, as they lie in memory.</summary>
    private static unsafe T[] Flat<T>(Array array) where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length).ToArray();
}

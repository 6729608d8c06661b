using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HsNas.Predictors.Mlp;

/// <summary>
/// C = bias + A B for row-major single-precision matrices. Every element is accumulated over the inner index in order by
/// fused multiply-adds, one lane per column, so the result depends neither on the vector width of the machine nor on
/// which other rows are in the batch.
/// </summary>
internal static class MatrixProduct
{
    private const int RowBlock = 4;

    /// <summary>Computes <paramref name="c"/> (m x n) from <paramref name="a"/> (m x k) and <paramref name="b"/> (k x n).</summary>
    /// <param name="bias">n numbers added to every row, or empty for none.</param>
    public static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> bias, Span<float> c, int m, int k, int n)
    {
        if (a.Length < m * k || b.Length < k * n || c.Length < m * n || (bias.Length != 0 && bias.Length < n))
        {
            throw new ArgumentException($"Buffers too short for a product of {m} x {k} by {k} x {n}.", nameof(c));
        }

        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var b0 = ref MemoryMarshal.GetReference(b);
        ref var c0 = ref MemoryMarshal.GetReference(c);
        for (var row = 0; row < m; row += RowBlock)
        {
            var rows = Math.Min(RowBlock, m - row);
            ref var aRow = ref Unsafe.Add(ref a0, row * k);
            ref var cRow = ref Unsafe.Add(ref c0, row * n);
            var column = 0;
            if (rows == RowBlock)
            {
                for (; column <= n - 32; column += 32)
                {
                    FourRowsWide(ref aRow, ref Unsafe.Add(ref b0, column), bias.IsEmpty ? default : bias.Slice(column, 32),
                        ref Unsafe.Add(ref cRow, column), k, n);
                }
            }

            for (; column <= n - 8; column += 8)
            {
                for (var r = 0; r < rows; r++)
                {
                    var sum = bias.IsEmpty ? Vector256<float>.Zero : Vector256.Create(bias.Slice(column, 8));
                    for (var i = 0; i < k; i++)
                    {
                        sum = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref aRow, (r * k) + i)),
                            Vector256.LoadUnsafe(ref Unsafe.Add(ref b0, (i * n) + column)), sum);
                    }

                    sum.StoreUnsafe(ref Unsafe.Add(ref cRow, (r * n) + column));
                }
            }

            for (; column < n; column++)
            {
                for (var r = 0; r < rows; r++)
                {
                    var sum = bias.IsEmpty ? 0 : bias[column];
                    for (var i = 0; i < k; i++)
                    {
                        sum = MathF.FusedMultiplyAdd(Unsafe.Add(ref aRow, (r * k) + i), Unsafe.Add(ref b0, (i * n) + column), sum);
                    }

                    Unsafe.Add(ref cRow, (r * n) + column) = sum;
                }
            }
        }
    }

    /// <summary>bias + the inner product of two vectors, in eight fixed partial sums.</summary>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y, float bias)
    {
        var sums = Vector256<float>.Zero;
        var i = 0;
        for (; i <= x.Length - 8; i += 8)
        {
            sums = Vector256.FusedMultiplyAdd(Vector256.Create(x.Slice(i, 8)), Vector256.Create(y.Slice(i, 8)), sums);
        }

        var total = bias;
        for (var lane = 0; lane < 8; lane++)
        {
            total += sums[lane];
        }

        for (; i < x.Length; i++)
        {
            total = MathF.FusedMultiplyAdd(x[i], y[i], total);
        }

        return total;
    }

    // Eight accumulators of 16 lanes keep the multipliers busy; operands are loaded once per four rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRowsWide(ref float a, ref float b, ReadOnlySpan<float> bias, ref float c, int k, int n)
    {
        var left = bias.IsEmpty ? Vector512<float>.Zero : Vector512.Create(bias[..16]);
        var right = bias.IsEmpty ? Vector512<float>.Zero : Vector512.Create(bias.Slice(16, 16));
        Vector512<float> c00 = left, c10 = left, c20 = left, c30 = left;
        Vector512<float> c01 = right, c11 = right, c21 = right, c31 = right;
        for (var i = 0; i < k; i++)
        {
            var b0 = Vector512.LoadUnsafe(ref b);
            var b1 = Vector512.LoadUnsafe(ref b, 16);
            var a0 = Vector512.Create(Unsafe.Add(ref a, i));
            c00 = Vector512.FusedMultiplyAdd(a0, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(a0, b1, c01);
            var a1 = Vector512.Create(Unsafe.Add(ref a, k + i));
            c10 = Vector512.FusedMultiplyAdd(a1, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(a1, b1, c11);
            var a2 = Vector512.Create(Unsafe.Add(ref a, (2 * k) + i));
            c20 = Vector512.FusedMultiplyAdd(a2, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(a2, b1, c21);
            var a3 = Vector512.Create(Unsafe.Add(ref a, (3 * k) + i));
            c30 = Vector512.FusedMultiplyAdd(a3, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(a3, b1, c31);
            b = ref Unsafe.Add(ref b, n);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, 16);
        c10.StoreUnsafe(ref c, (nuint)n);
        c11.StoreUnsafe(ref c, (nuint)n + 16);
        c20.StoreUnsafe(ref c, (nuint)(2 * n));
        c21.StoreUnsafe(ref c, (nuint)(2 * n) + 16);
        c30.StoreUnsafe(ref c, (nuint)(3 * n));
        c31.StoreUnsafe(ref c, (nuint)(3 * n) + 16);
    }
}

namespace HsNas.Kernel.Statistics;

/// <summary>
/// Solves small symmetric positive definite systems in place. Written here because a library's Cholesky throws where rounding has made
/// a pivot non-positive, which happens with fewer demonstrations than features; there a floor must still be fitted.
/// </summary>
public static class Cholesky
{
    /// <summary>
    /// Solves A x = b. <paramref name="a"/> is overwritten by its factor, <paramref name="b"/> by the solution. A pivot that
    /// rounding has made non-positive is lifted to a tiny one, which amounts to a little more ridge penalty.
    /// </summary>
    public static void Solve(double[,] a, double[] b)
    {
        Factor(a);
        Forward(a, b);
        Backward(a, b);
    }

    /// <summary>Overwrites the lower triangle of A, which alone is read, by the factor L of A = L Lᵀ.</summary>
    public static void Factor(double[,] a)
    {
        var n = a.GetLength(0);
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var sum = a[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= a[i, k] * a[j, k];
                }

                a[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / a[j, j];
            }
        }
    }

    /// <summary>Overwrites b by the solution of L x = b.</summary>
    public static void Forward(double[,] factor, double[] b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                b[i] -= factor[i, k] * b[k];
            }

            b[i] /= factor[i, i];
        }
    }

    /// <summary>Overwrites b by the solution of Lᵀ x = b.</summary>
    public static void Backward(double[,] factor, double[] b)
    {
        for (var i = b.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < b.Length; k++)
            {
                b[i] -= factor[k, i] * b[k];
            }

            b[i] /= factor[i, i];
        }
    }

    /// <summary>
    /// Least squares with a ridge penalty on all but the first column: the coefficients that minimise
    /// |y - X w|^2 + penalty |w without its first entry|^2. Rows of X start with 1.
    /// </summary>
    public static double[] LeastSquares(IReadOnlyList<double[]> rows, IReadOnlyList<double> labels, double penalty)
    {
        var width = rows[0].Length;
        var normal = new double[width, width];
        var coefficients = new double[width];
        for (var r = 0; r < rows.Count; r++)
        {
            for (var i = 0; i < width; i++)
            {
                coefficients[i] += rows[r][i] * labels[r];
                for (var j = 0; j < width; j++)
                {
                    normal[i, j] += rows[r][i] * rows[r][j];
                }
            }
        }

        for (var i = 1; i < width; i++)
        {
            normal[i, i] += penalty;
        }

        Solve(normal, coefficients);
        return coefficients;
    }
}

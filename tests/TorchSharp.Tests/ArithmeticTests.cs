using System.Runtime.InteropServices;
using TorchSharp;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class ArithmeticTests
{
    private static Tensor X => tensor(new float[] { 1, 2, 4 });

    [Fact]
    public void Operators_TakeTensorsAndNumbersOnEitherSide()
    {
        Near([2, 4, 8], X + X);
        Near([0, 0, 0], X - X);
        Near([1, 4, 16], X * X);
        Near([1, 1, 1], X / X);
        Near([3, 4, 6], X + 2);
        Near([3, 4, 6], 2L + X);
        Near([-1, 0, 2], X - 2.0);
        Near([1, 0, -2], 2f - X);
        Near([2, 1, 0.5], 2 / X);
        Near([0.5, 1, 2], X / 2);
        Near([-1, -2, -4], -X);
        Near([1, 0, 0], X % 2);
    }

    [Fact]
    public void InPlace_ChangesAndReturnsTheSameTensor()
    {
        var x = X;
        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.mul_(2).sub_(2).div_(2));
        Near([1, 2, 4], x);
        Near([3, 6, 12], x.add_(x, 2));
        Near([9, 12, 18], x.add_(3, 2));
        Near([2, 2, 2], x.fill_(2));
        Near([0, 0, 0], x.zero_());
        Near([2, 8, 32], x.addcmul_(X, X, 2));
        Near([3, 9, 33], x.addcdiv_(X, X));
        Near([2, 5.5, 18.5], x.lerp_(X, tensor(0.5f)));
    }

    [Fact]
    public void Functions_MatchMath()
    {
        double[] x = [1, 2, 4];
        Near(x.Select(Math.Exp), X.exp(), 1e-4);
        Near(x.Select(v => Math.Log(v)), log(X));
        Near(x.Select(Math.Sqrt), X.sqrt());
        Near(x.Select(v => 1 / Math.Sqrt(v)), X.rsqrt());
        Near(x.Select(Math.Sin), sin(X));
        Near(x.Select(Math.Cos), cos(X));
        Near(x.Select(Math.Tanh), X.tanh());
        Near(x.Select(v => 1 / (1 + Math.Exp(-v))), X.sigmoid());
        Near([1, 8, 64], X.pow(3));
        Near([0, 0, 2], (X - 2).relu());
        Near([1, 2, 3], X.clamp(max: (Scalar)3));
        Near([2, 2, 4], X.clamp_min(2));
    }

    [Fact]
    public void Matmul_MatchesHandComputation()
    {
        var a = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        var b = tensor(new float[,] { { 5, 6 }, { 7, 8 } });
        Near([19, 22, 43, 50], a.matmul(b));
        Near([19, 22, 43, 50], mm(a, b));
        Near([19, 22, 43, 50], bmm(a.unsqueeze(0), b.unsqueeze(0)));
        Near([20, 23, 44, 51], ones(2, 2).addmm(a, b));
    }

    [Fact]
    public void Comparisons_GiveBoolTensors()
    {
        Assert.Equal([false, true, true], (X >= 2).data<bool>().ToArray());
        Assert.Equal([true, false, false], X.lt(2).data<bool>().ToArray());
        Assert.Equal([false, true, false], (X == 2).data<bool>().ToArray());
        Assert.Equal([false, true, true], (1 < X).data<bool>().ToArray());
        Assert.True((X == X).all().item<bool>());
        Assert.False((X != X).any().item<bool>());
        Assert.True(X.equal(X).item<bool>());
        Assert.True(allclose(X, X + 1e-9));
        Assert.Equal([false, false, true], ((X > 1) & (X > 2)).data<bool>().ToArray());
        Assert.Equal([true, false, false], (X > 1).logical_not().data<bool>().ToArray());
        Assert.Equal([true, false], tensor(new[] { float.NaN, 1 }).isnan().data<bool>().ToArray());
        Assert.Equal([false, true], tensor(new[] { float.PositiveInfinity, 1 }).isfinite().data<bool>().ToArray());
    }

    [Fact]
    public void Errors_CarryTheTextOfLibtorch()
    {
        var error = Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => ones(2).add_(ones(3)));
        Assert.Throws<ExternalException>(() => ones(2).max(5));
        Assert.Throws<ExternalException>(() => ones(2, 2).split(new long[] { 1, 5 }));
        Assert.Throws<ExternalException>(() => ones(2).backward());
        Near([2, 2], ones(2) + 1);
    }

    [Fact]
    public void ADisposedTensor_IsRefused()
    {
        var x = ones(2);
        x.Dispose();
        x.Dispose();
        Assert.True(x.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => x + 1);
        Assert.Throws<InvalidOperationException>(() => x.shape);
    }
}

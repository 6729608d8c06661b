using TorchSharp;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class ReductionTests
{
    private static Tensor X => tensor(new float[,] { { 3, 1, 2 }, { 6, 5, 4 } });

    [Fact]
    public void Sums_AndMeans_TakeDimensions()
    {
        Near([21], X.sum());
        // A literal 0 would be the ScalarType 0: the official overloads have that trap too.
        Near([9, 6, 6], X.sum(0L));
        Assert.Equal(uint8, X.sum(0).dtype);
        Near([21], X.sum(0, 1));
        Assert.Equal([2L, 1], X.sum(1, true).shape);
        Near([2, 5], X.mean([1]));
        Assert.Equal([2L, 1], X.mean([-1L], true).shape);
        Assert.Equal(float64, X.sum(float64).dtype);
        Near([3.5], mean(X));
        Near([1, 1], X.var(1));
        Near([Math.Sqrt(2.0 / 3), Math.Sqrt(2.0 / 3)], X.std(1, unbiased: false));
        Near([Math.Sqrt(14), Math.Sqrt(77)], X.norm(1));
    }

    [Fact]
    public void Extremes_ComeWithTheirIndices()
    {
        var (values, indices) = X.max(1);
        Near([3, 6], values);
        Assert.Equal([0L, 0], indices.data<long>().ToArray());
        Near([1, 4], X.min(1).Item1);
        Assert.Equal(3, X.argmax().item<long>());
        Assert.Equal([1L, 2], X.argmin(1).data<long>().ToArray());
        Near([3, 3, 3, 6, 5, 4], X.max(tensor(3f)));
        Near([1, 1, 1, 1, 1, 1], min(X, ones(1)));
    }

    [Fact]
    public void Orders_AreSortTopkAndArgsort()
    {
        var (top, where) = X.topk(2);
        Near([3, 2, 6, 5], top);
        Assert.Equal([0L, 2, 0, 1], where.data<long>().ToArray());
        Near([1, 2, 3, 4, 5, 6], X.sort().Item1);
        Near([3, 2, 1, 6, 5, 4], X.sort(descending: true, stable: true).Item1);
        Assert.Equal([1L, 2, 0, 2, 1, 0], X.argsort().data<long>().ToArray());
        Near([3, 4, 6, 6, 11, 15], X.cumsum(1));
    }

    [Fact]
    public void Softmax_MatchesHandComputation()
    {
        double[] row = [3, 1, 2];
        var sum = row.Sum(Math.Exp);
        Near(row.Select(v => Math.Exp(v) / sum), X[0].softmax(0));
        Near(row.Select(v => v - Math.Log(sum)), X[0].log_softmax(-1));
        Near([Math.Log(sum)], X[0].logsumexp(0));
        Near([1, 1], softmax(X, 1).sum(1));
        Assert.Equal(float64, nn.functional.softmax(X, 1, float64).dtype);
    }
}

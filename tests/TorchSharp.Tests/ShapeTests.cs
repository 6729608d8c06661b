using TorchSharp;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class ShapeTests
{
    private static Tensor X => arange(6, float32).view(2, 3);

    [Fact]
    public void Views_ShareTheirStorage()
    {
        var x = X;
        x.view(3, 2)[0, 0] = 9;
        x.t()[2, 0].fill_(8);
        x.narrow(1, 1, 1).zero_();
        x.select(0, 1).select(0, 0).fill_(7);
        Near([9, 0, 8, 7, 0, 5], x);
        Near([0, 1, 2, 3, 4, 5], X);
    }

    [Fact]
    public void Shapes_FollowTheOperations()
    {
        Assert.Equal([3L, 2], X.transpose(0, 1).shape);
        Assert.Equal([3L, 2], X.T.shape);
        Assert.Equal([6L], X.flatten().shape);
        Assert.Equal([1L, 2, 3], X.unsqueeze(0).shape);
        Assert.Equal([2L, 3], X.unsqueeze(0).squeeze(0).shape);
        Assert.Equal([3L, 1, 2], X.unsqueeze(1).permute(2, 1, 0).shape);
        Assert.Equal([4L, 2, 3], X.expand(4, -1, -1).shape);
        Assert.Equal([4L, 3], X.repeat(2, 1).shape);
        Assert.Equal([3L, 2], X.reshape(-1, 2).shape);
        Assert.Equal(3, X.size(-1));
        Assert.Equal(6, X.numel());
        Assert.False(X.t().is_contiguous());
        Assert.True(X.t().contiguous().is_contiguous());
    }

    [Fact]
    public void Joins_AndSplits_AreInverse()
    {
        var parts = X.split(2, 1);
        Assert.Equal([[2L, 2], [2, 1]], parts.Select(p => p.shape));
        Near([0, 1, 2, 3, 4, 5], cat(parts, 1));
        Assert.Equal([2L, 2, 3], stack(new[] { X, X }).shape);
        Assert.Equal(3, X.chunk(3, 1).Length);
        Assert.Equal(2, X.unbind().Length);
        Near([2, 5], X.split(new long[] { 2, 1 }, 1)[1]);
    }

    [Fact]
    public void Indexers_ReadLikeTheOfficialOnes()
    {
        Near([3, 4, 5], X[1]);
        Near([5], X[1, 2]);
        Near([5], X[-1, -1]);
        Near([1, 4], X[TensorIndex.Colon, TensorIndex.Single(1)]);
        Near([1, 2, 4, 5], X[.., 1..]);
        Near([0, 2, 3, 5], X[TensorIndex.Ellipsis, TensorIndex.Slice(0, null, 2)]);
        Near([0, 1, 3, 4], X[.., ..^1]);
        Assert.Equal([2L, 1, 3], X[TensorIndex.Colon, TensorIndex.None].shape);
        Near([3, 4, 5, 0, 1, 2], X[tensor(new long[] { 1, 0 })]);
        Near([4, 5], X[X > 3]);
        Near([1, 3], X[tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 0 })]);
        Near([5, 2], X[tensor(new long[] { 1, 0 }), 2]);
    }

    [Fact]
    public void Indexers_WriteInPlace()
    {
        var x = X;
        x[0] = zeros(3);
        x[1, 0] = 9;
        x[.., 1..2] = 7;
        x[x == 5] = -1;
        Near([0, 7, 0, 9, 7, -1], x);
        x.index_put_(ones(2), [zeros(2, int64), zeros(2, int64)], accumulate: true);
        Near([2], x[0, 0]);
    }

    [Fact]
    public void Gathers_AndScatters_UseTheirIndex()
    {
        var index = tensor(new long[,] { { 2, 0 }, { 1, 1 } });
        Near([2, 0, 4, 4], X.gather(1, index));
        Near([0, 2, 3, 5], X.index_select(1, tensor(new long[] { 0, 2 })));
        Near([8, 0, 9, 0, 6, 0], zeros(2, 3).scatter_(1, index, tensor(new float[,] { { 9, 8 }, { 6, 6 } })));
        Near([0, 13, 0], zeros(3).scatter_add_(0, ones(2, int64), tensor(new float[] { 6, 7 })));
        Near([1, 1, 0], zeros(3).index_add_(0, arange(2), ones(2), 1));
        Near([0, 1, -1, -1, -1, -1], X.masked_fill(X > 1, -1));
        Near([0, 1, 2, 9, 9, 9], where(X < 3, X, full(1, 9)));
        Near([0, 1, 2, 0, 4, 5], X.triu());
        Near([0, 0, 0, 3, 4, 0], X.tril());
        Near([1, 4], X.slice(1, 1, 3, 5));
    }
}

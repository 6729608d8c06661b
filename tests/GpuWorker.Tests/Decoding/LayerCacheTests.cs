using HsNas.GpuWorker.Supernets;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Decoding;

public sealed class LayerCacheTests
{
    [Fact]
    public void A_cache_disposes_its_old_tensors_when_it_grows()
    {
        using var scope = NewDisposeScope();
        var (memoryKey, memoryValue) = (randn(4, 2, 5, 3), randn(4, 2, 5, 3));
        var padding = zeros(4, 1, 1, 5);
        var cache = new LayerCache(null!, memoryKey, memoryValue, padding);
        var expected = new List<Tensor>();
        for (var position = 0; position < 6; position++)
        {
            var (before, key) = (cache.Key, randn(4, 2, 1, 3));
            expected.Add(key.clone());
            cache.Append(key, randn(4, 2, 1, 3));
            Assert.True(before is null || before.IsInvalid);
        }

        Assert.True(cat(expected.ToArray(), 2).allclose(cache.Key!, 0, 0));
        var (oldKey, oldValue) = (cache.Key!, cache.Value!);
        var kept = oldKey.clone();
        cache.Reorder(tensor(new long[] { 3, 0 }, new long[] { 2 }), memoryToo: true);
        Assert.All(new[] { oldKey, oldValue, memoryKey, memoryValue, padding }, t => Assert.True(t.IsInvalid));
        Assert.True(kept.index_select(0, tensor(new long[] { 3, 0 }, new long[] { 2 })).allclose(cache.Key!, 0, 0));
        Assert.All(cache.Tensors(), t => Assert.Equal(2, t.shape[0]));
    }
}

using HsNas.GpuWorker.Hosting;

namespace HsNas.GpuWorker.Tests.Hosting;

public class ShardTests
{
    [Fact]
    public void Shards_have_every_piece_once()
    {
        var shares = Enumerable.Range(0, 3).Select(number =>
        {
            Assert.True(Shard.TryParse($"{number}", "3", out var shard));
            return shard.Of(8).ToArray();
        }).ToList();

        Assert.Equal([0, 3, 6], shares[0]);
        Assert.Equal(Enumerable.Range(0, 8), shares.SelectMany(s => s).Order());
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("-1", "2")]
    [InlineData("0", "two")]
    [InlineData("zero", "2")]
    public void A_shard_that_would_never_end_or_have_nothing_is_refused(string number, string shards) =>
        Assert.False(Shard.TryParse(number, shards, out _));
}

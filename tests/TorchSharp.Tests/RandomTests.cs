using TorchSharp;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class RandomTests
{
    [Fact]
    public void ManualSeed_RepeatsTheDraws()
    {
        manual_seed(5);
        var first = Values(randn(8));
        manual_seed(5);
        Assert.Equal(first, Values(randn(8)));
        Assert.NotEqual(first, Values(randn(8)));
    }

    [Fact]
    public void RngState_SavedAndRestored_RepeatsTheDraws()
    {
        manual_seed(1);
        randn(3);
        using var state = torch.random.get_rng_state();
        var first = Values(randn(8));
        torch.random.set_rng_state(state);
        Assert.Equal(first, Values(randn(8)));
    }

    [Fact]
    public void AGenerator_IsIndependentOfTheDefaultOne()
    {
        using var generator = new Generator(7);
        var first = Values(rand(4, generator: generator));
        rand(9);
        generator.manual_seed(7);
        Assert.Equal(first, Values(rand(4, generator: generator)));
        Assert.Equal(7, generator.initial_seed());
    }

    [Fact]
    public void SeedingCuda_LeavesTheProcessorAlone()
    {
        manual_seed(1);
        var first = Values(randn(4));
        manual_seed(1);
        cuda.manual_seed_all(9);
        Assert.Equal(first, Values(randn(4)));
    }

    [Fact]
    public void Draws_StayInTheirRange()
    {
        var x = randint(2, 5, new long[] { 100 });
        Assert.Equal(int64, x.dtype);
        Assert.True(((x >= 2) & (x < 5)).all().item<bool>());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), randperm(10).data<long>().ToArray().Order());
        Assert.True((empty(50).uniform_(1, 2) >= 1).all().item<bool>());
        Assert.InRange(empty(10000).normal_(3, 2).mean().item<float>(), 2.8f, 3.2f);
    }
}

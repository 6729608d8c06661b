using HsNas.Shared.Tests.Support;
using HsNas.Spaces;
using HsNas.Spaces.Design;

namespace HsNas.Shared.Tests.Architectures;

public class SeedDesignTests
{
    [Theory]
    [InlineData("tiny-en-de")]
    [InlineData("wmt14-en-de")]
    public void A_design_is_distinct_lies_in_the_space_and_is_a_function_of_its_seed(string task)
    {
        var space = HsNas.Spaces.TaskCatalog.Get(task).Space;
        var design = SeedDesign.Propose(space, 12, 7);
        Assert.Equal(12, design.Distinct().Count());
        var codec = new GeneCodec(space);
        Assert.All(design, codec.Validate);
        Assert.Equal(design, SeedDesign.Propose(space, 12, 7));
        Assert.NotEqual(design, SeedDesign.Propose(space, 12, 8));
    }

    [Fact]
    public void Ten_by_design_show_every_decoder_depth_and_every_encoder_width()
    {
        var space = Samples.Wmt.Space;
        for (var seed = 1; seed <= 5; seed++)
        {
            var design = SeedDesign.Propose(space, 10, seed);
            Assert.Equal(space.DecoderLayers.Order(), design.Take(space.DecoderLayers.Length).Select(a => a.DecoderLayers).Order());
            Assert.Equal(space.EncoderEmbedDims.Order(), design.Select(a => a.EncoderEmbedDim).Distinct().Order());
        }
    }

    [Fact]
    public void The_first_of_a_design_are_a_smaller_design_and_a_pool_that_is_too_small_is_refused()
    {
        var pool = new ArchitectureSampler(Samples.Wmt.Space, 3).Distinct(30);
        var all = SeedDesign.Choose(Samples.Wmt.Space, pool, 30);
        Assert.Equal(pool.ToHashSet(), all.ToHashSet());
        Assert.Equal(all.Take(10), SeedDesign.Choose(Samples.Wmt.Space, pool, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeedDesign.Choose(Samples.Wmt.Space, pool, 31));
    }
}

using HsNas.Shared.Tests.Support;
using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.Shared.Tests.Architectures;

public class FeatureTests
{
    private static readonly Architecture Sample = new()
    {
        EncoderEmbedDim = 512,
        EncoderFfnDims = [1024, 2048, 3072, 1024, 2048, 3072],
        EncoderHeads = [4, 8, 4, 8, 4, 8],
        DecoderEmbedDim = 640,
        DecoderFfnDims = [3072, 1024],
        DecoderSelfHeads = [8, 4],
        DecoderCrossHeads = [4, 4],
        DecoderArbitrary = [-1, 2],
    };

    [Theory]
    [InlineData("wmt14-en-de")]
    [InlineData("wmt14-en-fr")]
    [InlineData("wmt19-en-de")]
    public void The_divisors_of_the_wmt_spaces_are_the_published_ones(string task)
    {
        var space = TaskCatalog.Get(task).Space;
        Assert.Equal([640, 6, 3072, 8, 640, 6, 3072, 8, 8, 3], new DistillationFeatures(space).Normalisers);
        Assert.Equal([640, 6, 2048, 6, 640, 6, 2048, 6, 6, 2], new LatencyFeatures(space).Normalisers);
        Assert.Equal(Enumerable.Repeat(1f, 40), new FineFeatures(space).Normalisers);
    }

    [Fact]
    public void Distillation_features_count_arbitrary_attention_raw()
    {
        var features = Write(new DistillationFeatures(Samples.Wmt.Space));
        float[] expected = [512 / 640f, 1, 2048 / 3072f, 6 / 8f, 1, 2 / 6f, 2048 / 3072f, 6 / 8f, 4 / 8f, (1 + 0.5f) / 3];
        Assert.Equal(expected, features.Select(f => f), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Latency_features_count_attended_layers_and_may_exceed_one()
    {
        var features = Write(new LatencyFeatures(Samples.Wmt.Space));
        float[] expected = [512 / 640f, 1, 1, 1, 1, 2 / 6f, 1, 1, 4 / 6f, 2 / 2f];
        Assert.Equal(expected, features.Select(f => f), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Fine_features_are_the_gene_with_zeros_beyond_the_depth()
    {
        var features = Write(new FineFeatures(Samples.Wmt.Space));
        Assert.Equal(40, features.Length);
        Assert.Equal(512, features[0]);
        Assert.Equal([3072f, 1024, 0, 0, 0, 0], features[16..22]);
        Assert.Equal([-1f, 2, 0, 0, 0, 0], features[34..40]);
        Assert.All(Write(new FineFeatures(Samples.Wmt.Space, normalised: true)), f => Assert.InRange(f, -1, 1));
    }

    [Fact]
    public void Features_are_finite_in_every_task_and_encoding()
    {
        foreach (var space in TaskCatalog.BuiltIn.Select(t => t.Space))
        {
            var sampler = new ArchitectureSampler(space, 2);
            foreach (var encoding in new IFeatureEncoding[] { new DistillationFeatures(space), new LatencyFeatures(space),
                new FineFeatures(space) })
            {
                var features = new float[encoding.Count];
                for (var i = 0; i < 500; i++)
                {
                    encoding.Write(sampler.Next(), features);
                    Assert.All(features, f => Assert.True(float.IsFinite(f)));
                }
            }
        }
    }

    [Fact]
    public void Fine_features_of_a_space_are_the_genes_of_its_architectures()
    {
        var space = Samples.Wmt.Space;
        var (codec, fine) = (new GeneCodec(space), (IFeatureEncoding)new FineFeatures(space));
        foreach (var architecture in new ArchitectureSampler(space, 3).Distinct(100))
        {
            var (features, gene) = (new float[fine.Count], codec.Encode(architecture));
            fine.Write(architecture, features);
            // Slots beyond the depth repeat a value in a gene, and are 0 among the features.
            Assert.All(features.Zip(gene).Where(x => x.First != 0), x => Assert.Equal(x.Second, x.First));
        }
    }

    private static float[] Write(IFeatureEncoding encoding)
    {
        var features = new float[encoding.Count];
        encoding.Write(Sample, features);
        return features;
    }
}

using System.Text.Json;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Architectures;

public class CostModelTests
{
    [Fact]
    public void Every_record_of_tfs_eval_is_reproduced_to_the_digit()
    {
        var model = CostModel.For(Published.EnDe);
        var codec = new GeneCodec(Published.EnDe.Space);
        var records = Published.TfsEval().Records;
        Assert.Equal(30, records.Count);
        foreach (var (line, record) in File.ReadLines(Published.TfsEvalFile).Zip(records))
        {
            using var json = JsonDocument.Parse(line);
            long Stated(string field) => json.RootElement.GetProperty(field).GetInt64();
            var cost = model.Evaluate(record.Architecture);
            Assert.Equal(Stated("total_flops"), cost.TotalFlops);
            Assert.Equal(Stated("last_layer_flops"), cost.LastLayerFlops);
            Assert.Equal(Stated("total_flops_without_last_layer"), cost.FlopsWithoutLastLayer);
            Assert.Equal(Stated("params_no_embed"), cost.ParametersWithoutEmbeddings);
            Assert.Equal(Stated("params_embed"), cost.EmbeddingParameters);
            Assert.Equal(cost, model.Evaluate(codec.Decode(codec.Encode(record.Architecture))));
        }
    }

    // Task, widths, depth, sums of feed-forward widths in units of 1,024, sum of attended layers; then the table's figures.
    [Theory]
    [InlineData("wmt14-en-de", 640, 512, 3, 18, 9, 6, 3.0, 64.4)]
    [InlineData("wmt14-en-de", 640, 512, 3, 17, 9, 7, 2.96, 63.1)]
    [InlineData("wmt14-en-fr", 512, 512, 3, 18, 9, 5, 2.54, 63.8)]
    [InlineData("wmt14-en-fr", 512, 512, 5, 18, 15, 11, 3.31, 74.3)]
    [InlineData("wmt14-en-fr", 512, 512, 6, 18, 18, 14, 3.7, 79.5)]
    [InlineData("wmt19-en-de", 640, 512, 2, 17, 6, 3, 2.51, 66.36)]
    public void The_winners_of_the_papers_tables_cost_what_is_printed(
        string task, int encoderDim, int decoderDim, int layers, int encoderFfn, int decoderFfn, int attended, double gflops, double size)
    {
        var cost = CostModel.For(TaskCatalog.Get(task)).Evaluate(Winner(encoderDim, decoderDim, layers, encoderFfn, decoderFfn, attended));
        Assert.Equal(gflops, cost.GFlopsWithoutLastLayer, Digits(gflops));
        Assert.Equal(size, cost.ModelSizeMillions, Digits(size));
    }

    [Fact]
    public void Those_winners_are_rows_of_the_papers_tables()
    {
        (int Table, string Algorithm, string Setting, double Gflops, double Size)[] rows =
        [
            (2, "HAT", "WMT'14 En-De", 3.0, 64.4),
            (2, "HS-NAS (GPT-4, HAT, 1, 15)", "WMT'14 En-De", 2.96, 63.1),
            (2, "HS-NAS (GPT-4, HAT, 1, 15)", "WMT'14 En-Fr", 2.54, 63.8),
            (2, "HS-NAS (GPT-4, HAT, 1, 15)", "WMT'19 En-De", 2.51, 66.36),
            (3, "HAT", "150ms", 3.31, 74.3),
            (3, "HAT", "200ms", 3.7, 79.5),
        ];
        foreach (var row in rows)
        {
            var found = Published.Searches.Single(r => r.Table == row.Table && r.Search == row.Algorithm && r.Setting == row.Setting);
            Assert.Equal((row.Gflops, row.Size), (found.Gflops, found.ModelSizeM));
        }
    }

    [Fact]
    public void The_mixed_units_of_table_11_come_out_as_the_facts_say()
    {
        var cost = CostModel.For(Samples.Wmt).Evaluate(Winner(640, 512, 3, 17, 9, 7));
        Assert.Equal(3.97, cost.TotalGFlops, 2);
    }

    [Fact]
    public void Source_and_target_lengths_act_on_their_own_sides()
    {
        var space = Samples.Wmt.Space;
        var architecture = new ArchitectureSampler(space, 4).Next();
        Cost At(int source, int target) => new CostModel(space, source, target, 32768).Evaluate(architecture);
        Assert.Equal(At(30, 30).LastLayerFlops, At(60, 30).LastLayerFlops);
        Assert.Equal(2 * At(30, 30).LastLayerFlops, At(30, 60).LastLayerFlops);
        Assert.Equal(At(30, 30).ParametersWithoutEmbeddings, At(60, 10).ParametersWithoutEmbeddings);
    }

    [Fact]
    public void Heads_cost_nothing()
    {
        foreach (var task in TaskCatalog.BuiltIn)
        {
            var model = CostModel.For(task);
            var sampler = new ArchitectureSampler(task.Space, 9);
            for (var i = 0; i < 1000; i++)
            {
                var architecture = sampler.Next();
                var other = architecture with { EncoderHeads = [.. architecture.EncoderHeads.Select(_ => 4)] };
                Assert.Equal(model.Evaluate(architecture), model.Evaluate(other));
            }
        }
    }

    private static Architecture Winner(int encoderDim, int decoderDim, int layers, int encoderFfn, int decoderFfn, int attended) => new()
    {
        EncoderEmbedDim = encoderDim,
        EncoderFfnDims = [.. Spread(encoderFfn, 6, 3).Select(f => f * 1024)],
        EncoderHeads = [.. Enumerable.Repeat(8, 6)],
        DecoderEmbedDim = decoderDim,
        DecoderFfnDims = [.. Spread(decoderFfn, layers, 3).Select(f => f * 1024)],
        DecoderSelfHeads = [.. Enumerable.Repeat(8, layers)],
        DecoderCrossHeads = [.. Enumerable.Repeat(8, layers)],
        DecoderArbitrary = [.. Spread(attended, layers, 3).Select(k => k == 1 ? -1 : k - 1)],
    };

    /// <summary>Splits a sum over layers, each 1 to <paramref name="most"/>.</summary>
    private static IEnumerable<int> Spread(int sum, int layers, int most)
    {
        for (; layers > 0; layers--)
        {
            var part = Math.Min(most, sum - (layers - 1));
            sum -= part;
            yield return part;
        }
    }

    private static int Digits(double printed) => printed.ToString("R").Split('.') is [_, var decimals] ? decimals.Length : 0;
}

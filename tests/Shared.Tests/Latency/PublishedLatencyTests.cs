using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;
using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Latency;

/// <summary>What is known of HAT's 2,000 measured subtransformers.</summary>
public sealed class PublishedLatencyTests
{
    private static readonly string Text = File.ReadAllText(Published.LatencyFile);

    private static IReadOnlyList<LatencyRecord> Records => HatLatencyCsv.Read(new StringReader(Text), Published.LatencyFile);

    [Fact]
    public void Hats_file_reads_and_writes_back_unchanged()
    {
        using var writer = new StringWriter();
        HatLatencyCsv.Write(writer, Records);

        Assert.Equal(2000, Records.Count);
        Assert.Equal(Numbers(Text), Numbers(writer.ToString()));

        static IEnumerable<string> Numbers(string csv) => csv.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(l => l.Trim().Split(',')).Select(f => double.TryParse(f, out var v) ? v.ToString("R") : f);
    }

    [Fact]
    public void The_depth_baseline_is_as_good_as_published()
    {
        var depth = Enumerable.Range(0, 10)
            .Select(seed => LatencyPredictor.Fit("titan-xp", Records, seed).Scores.Single(s => s.Kind == LatencyModelKind.DepthOnly))
                .ToList();

        Assert.InRange(depth.Average(s => s.Rmse), 13, 17);
        Assert.InRange(depth.Average(s => s.Mape), 5, 6);
        Assert.InRange(depth.Average(s => s.Tau!.Value), 0.87, 0.90);
    }

    [Fact]
    public void The_mlp_competes_with_its_baselines_on_the_held_out_tenth()
    {
        var predictor = LatencyPredictor.Fit("titan-xp", Records, 1, MlpTrainingOptions.Default);

        Assert.Equal(3, predictor.Scores.Count);
        Assert.InRange(predictor.Scores.Single(s => s.Kind == LatencyModelKind.Mlp).Mape, 0, 8);
    }
}

using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Latency;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Latency;

public sealed class AdaptationTests
{
    private static readonly LatencyPredictor[] Sources =
    [
        Source("processor", a => 20 + (a.DecoderLayers * a.DecoderFfnDims.Average() / 100)),
        Source("card", a => 5 + (30 * a.DecoderLayers)),
    ];

    // The new device is an affine map of a source's own predictions: there is nothing that ten measurements could not say.
    [Theory]
    [InlineData(0, 3.5, 40)]
    [InlineData(0, 0.02, 0.1)]
    [InlineData(1, 0.5, 12)]
    public void A_device_that_is_an_affine_map_of_another_is_found_exactly(int source, double slope, double intercept)
    {
        var ten = AdaptationDesign.Choose(Sources, Samples.Wmt.Space).Select(a => Record(a, Truth(a))).ToList();

        var adapted = AdaptedLatencyPredictor.Fit("new", Sources, ten);

        Assert.All(new ArchitectureSampler(Samples.Wmt.Space, 5).Distinct(200),
            a => Assert.Equal(1, adapted.PredictMs(a) / Truth(a), 5));
        Assert.InRange(adapted.Score.Mape, 0, 1e-3);
        Assert.Equal("new", adapted.Device);
        double Truth(Architecture a) => intercept + (slope * Sources[source].PredictMs(a));
    }

    [Fact]
    public void One_measurement_of_a_busy_device_does_not_spoil_the_rest()
    {
        var ten = AdaptationDesign.Choose(Sources, Samples.Wmt.Space).Select((a, i) => Record(a, Truth(a, i) * (i == 4 ? 2 : 1))).ToList();

        var adapted = AdaptedLatencyPredictor.Fit("new", Sources, ten);

        Assert.All(new ArchitectureSampler(Samples.Wmt.Space, 5).Distinct(100),
            a => Assert.InRange(adapted.PredictMs(a) / Truth(a), 0.9, 1.1));
        // Neighbours scatter by a per cent, as measurements do.
        static double Truth(Architecture a, int i = 0) => (10 + (2 * Sources[0].PredictMs(a))) * (1 + (0.01 * (i % 3)));
    }

    [Fact]
    public void A_stored_adapted_predictor_predicts_and_bounds_as_before()
    {
        var random = new SeededRandom(2);
        var ten = AdaptationDesign.Choose(Sources, Samples.Wmt.Space)
            .Select(a => Record(a, (1 + (0.1 * random.NextDouble())) * Sources[0].PredictMs(a))).ToList();
        var adapted = AdaptedLatencyPredictor.Fit("new", Sources, ten);
        using var bytes = new MemoryStream();
        adapted.Save(bytes);
        bytes.Position = 0;

        var copy = LatencyPredictor.Load(bytes);

        Assert.Equal(adapted.Kind, copy.Kind);
        Assert.All(new ArchitectureSampler(Samples.Wmt.Space, 5).Distinct(50), a =>
        {
            Assert.Equal(adapted.PredictMs(a), copy.PredictMs(a));
            Assert.Equal(adapted.AtConfidence(0.9).PredictMs(a), copy.AtConfidence(0.9).PredictMs(a));
            Assert.True(adapted.AtConfidence(0.9).PredictMs(a) > adapted.PredictMs(a));
        });
    }

    [Fact]
    public void The_ten_span_the_latencies_of_the_space_and_are_always_the_same()
    {
        var ten = AdaptationDesign.Choose(Sources, Samples.Wmt.Space);

        Assert.Equal(10, ten.Distinct().Count());
        Assert.Equal(ten, AdaptationDesign.Choose(Sources, Samples.Wmt.Space));
        Assert.Equal([1, 6], new[] { ten.Min(a => a.DecoderLayers), ten.Max(a => a.DecoderLayers) });
        var predicted = ten.Select(a => Sources.Sum(s => Math.Log(s.PredictMs(a)))).ToList();
        Assert.Equal(predicted.Order(), predicted);
    }

    [Fact]
    public void Too_few_measurements_are_refused()
    {
        var four = AdaptationDesign.Choose(Sources, Samples.Wmt.Space, count: 4).Select(a => Record(a, 5)).ToList();
        Assert.Contains("count is 4; expected at least 5",
            Assert.Throws<DataFormatException>(() => AdaptedLatencyPredictor.Fit("new", Sources, four)).Message, StringComparison.Ordinal);
    }

    private static LatencyPredictor Source(string device, Func<Architecture, double> latency) => LatencyPredictor.Fit(
        device, [.. new ArchitectureSampler(Samples.Wmt.Space, 3).Distinct(300).Select(a => Record(a, latency(a)))], seed: 1);

    private static LatencyRecord Record(Architecture architecture, double latency) =>
        LatencyRecord.Of(architecture, latency / 5, latency - (latency / 5), 0, 0);
}

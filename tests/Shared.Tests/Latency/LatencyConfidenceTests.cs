using System.Text;
using System.Text.Json.Nodes;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Latency;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Latency;

public sealed class LatencyConfidenceTests
{
    // Every device is another draw: 400 measured, of which 40 calibrate, and 400 to see whether their bounds hold.
    [Theory]
    [InlineData(0.6)]
    [InlineData(0.9)]
    [InlineData(0.95)]
    public void Bounds_hold_as_often_as_was_promised_whatever_the_errors_are_like(double confidence)
    {
        const int Devices = 60;
        double held = 0;
        for (var device = 0; device < Devices; device++)
        {
            var records = Measured(800, device);
            var bound = LatencyPredictor.Fit("made up", records[..400], device).BoundMs(confidence);
            held += records[400..].Average(r => r.TotalMs <= bound(r) ? 1.0 : 0) / Devices;
        }

        // Groups by depth make bounds larger than needed; the mean over devices scatters by less than 0.01.
        Assert.InRange(held, confidence - 0.01, 1);
        Assert.True(held < 1 - ((1 - confidence) / 20), $"{held} of bounds at {confidence} hold: they are far too wide");
    }

    [Fact]
    public void Bounds_hold_within_each_decoder_depth_that_was_measured_often_enough()
    {
        const double Confidence = 0.8;
        var (held, count) = (new double[7], new int[7]);
        for (var device = 0; device < 60; device++)
        {
            var records = Measured(900, device);
            var bound = LatencyPredictor.Fit("made up", records[..600], device).BoundMs(Confidence);
            foreach (var record in records[600..])
            {
                held[record.DecoderLayers] += record.TotalMs <= bound(record) ? 1 : 0;
                count[record.DecoderLayers]++;
            }
        }

        // The deepest decoders are the least predictable: one factor for all would keep its promise on average only.
        Assert.All(Enumerable.Range(1, 6), depth => Assert.InRange(held[depth] / count[depth], Confidence - 0.02, 1));
    }

    [Fact]
    public void More_confidence_never_makes_a_bound_smaller_and_no_bound_is_below_its_prediction()
    {
        var records = Measured(1200, 7);
        var predictor = LatencyPredictor.Fit("made up", records[..400], 7);
        double[] confidences = [0.51, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.95, 0.97];
        var bounds = confidences.Select(predictor.BoundMs).ToList();
        foreach (var record in records[400..])
        {
            var last = predictor.PredictMs(record);
            foreach (var bound in bounds)
            {
                Assert.True(bound(record) >= last);
                last = bound(record);
            }
        }
    }

    [Fact]
    public void A_stored_predictor_gives_the_bounds_it_gave_before()
    {
        var predictor = LatencyPredictor.Fit("made up", Measured(400, 1), 1);
        var copy = LatencyPredictor.Load(new MemoryStream(Stored(predictor)));
        foreach (var architecture in new ArchitectureSampler(Samples.Wmt.Space, 9).Distinct(50))
            Assert.Equal(predictor.AtConfidence(0.9).PredictMs(architecture), copy.AtConfidence(0.9).PredictMs(architecture));
    }

    [Fact]
    public void A_file_of_earlier_versions_still_predicts_and_says_why_it_gives_no_bounds()
    {
        var predictor = LatencyPredictor.Fit("made up", Measured(400, 1), 1);
        var file = JsonNode.Parse(Stored(predictor))!.AsObject();
        Assert.True(file.Remove("calibration"));

        var old = LatencyPredictor.Load(new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString())));

        var architecture = new ArchitectureSampler(Samples.Wmt.Space, 9).Next();
        Assert.Equal(predictor.PredictMs(architecture), old.PredictMs(architecture));
        var refusal = Assert.Throws<OptionException>(() => old.AtConfidence(0.9));
        Assert.Equal("latencyConfidence", refusal.Field);
        Assert.Contains("stored without held-out errors; fit it again", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"decoderLayers":[1],"ratios":[1,1]}""")]
    [InlineData("""{"decoderLayers":[1],"ratios":[0]}""")]
    public void A_calibration_that_nobody_wrote_is_refused(string calibration)
    {
        var file = JsonNode.Parse(Stored(LatencyPredictor.Fit("made up", Measured(400, 1), 1)))!.AsObject();
        file["calibration"] = JsonNode.Parse(calibration);
        Assert.Throws<DataFormatException>(() => LatencyPredictor.Load(new MemoryStream(Encoding.UTF8.GetBytes(file.ToJsonString()))));
    }

    [Fact]
    public void A_confidence_that_the_held_out_records_cannot_give_is_refused_with_the_number_that_could()
    {
        // 100 records hold out 10: enough for 0.9, where the largest of ten is the bound, and not for 0.95.
        var predictor = LatencyPredictor.Fit("made up", Measured(100, 1), 1);
        _ = predictor.AtConfidence(0.9);
        var refusal = Assert.Throws<OptionException>(() => predictor.AtConfidence(0.95));
        Assert.Contains("10 held-out measurements can give; this one needs 19", refusal.Message, StringComparison.Ordinal);
        Assert.All([0.5, 1, double.NaN, -1, 2], c => Assert.Throws<OptionException>(() => predictor.AtConfidence(c)));
        Assert.Equal([1, 4, 9, 19, 99], new[] { 0.5, 0.8, 0.9, 0.95, 0.99 }.Select(LatencyCalibration.FewestRecords));
    }

    // Skewed errors that grow with depth, so that neither a normal distribution nor one width fits.
    private static List<LatencyRecord> Measured(int count, long seed)
    {
        var random = SeededRandom.For(seed, 0, "made-up errors");
        return [.. new ArchitectureSampler(Samples.Wmt.Space, 200 + seed).Distinct(count).Select(a =>
        {
            var error = Math.Pow(random.NextDouble(), 4) * a.DecoderLayers * 0.05;
            return LatencyRecord.Of(a, 5, (10 + (a.DecoderLayers * (20 + (a.DecoderFfnDims.Average() / 200)))) * (1 + error), 0.1, 0.2);
        })];
    }

    private static byte[] Stored(LatencyPredictor predictor)
    {
        using var bytes = new MemoryStream();
        predictor.Save(bytes);
        return bytes.ToArray();
    }
}

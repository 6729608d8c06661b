using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Latency;

public class LatencyTests
{
    [Fact]
    public void A_file_in_hats_form_reads_and_writes_back_unchanged()
    {
        // As Python writes numbers: seventeen digits where they are needed, ".0" where none are.
        const string Row = "640,6,1877.3333333333333,5.333333333333333,512,6,1536.0,4.666666666666667,4.333333333333333,2.1666666666666665,"
            + "5.8006539940834045,246.40701866149902,0.05418082630867947,10.629253832482691";
        var text = $"{Header}\n{string.Join('\n', Enumerable.Repeat(Row, 3))}\n";

        var records = HatLatencyCsv.Read(new StringReader(text), "mine.csv");
        using var writer = new StringWriter();
        HatLatencyCsv.Write(writer, records);

        Assert.Equal(3, records.Count);
        Assert.Equal(text.Replace(".0,", ",", StringComparison.Ordinal), writer.ToString());
        Assert.Equal(records, HatLatencyCsv.Read(new StringReader(writer.ToString()), "mine.csv"), Same);
    }

    [Fact]
    public void The_depth_baseline_errs_by_the_noise_alone_when_latency_follows_depth_and_the_best_form_is_used()
    {
        const double Noise = 12; // Uniform, so its standard deviation is 12 / sqrt(3) ms.
        var random = new SeededRandom(8);
        List<LatencyRecord> records = [.. new ArchitectureSampler(Samples.Wmt.Space, 13).Distinct(2000).Select(a =>
            LatencyRecord.Of(a, 6, 60 + (30 * a.DecoderLayers) + (Noise * ((2 * random.NextDouble()) - 1)), 0.1, 0.2))];
        var depth = new List<LatencyModelScore>();
        for (var seed = 0; seed < 10; seed++)
        {
            var predictor = LatencyPredictor.Fit("gpu", records, seed);
            depth.Add(predictor.Scores.Single(s => s.Kind == LatencyModelKind.DepthOnly));
            Assert.Equal(predictor.Scores.Min(s => s.ValidationMape), predictor.Score.ValidationMape);
        }

        Assert.Equal(Noise / Math.Sqrt(3), depth.Average(s => s.Rmse), 0.3);
        Assert.InRange(depth.Average(s => s.Tau!.Value), 0.88, 0.95);
    }

    [Fact]
    public void The_mlp_competes_with_its_baselines_on_the_held_out_tenth()
    {
        var predictor = LatencyPredictor.Fit("gpu", Measured(2000), 1, MlpTrainingOptions.Default);
        Assert.Equal(3, predictor.Scores.Count);
        Assert.InRange(predictor.Scores.Single(s => s.Kind == LatencyModelKind.Mlp).Mape, 0, 8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stored_predictor_predicts_the_same_as_before_it_was_stored(bool mlp)
    {
        var predictor = LatencyPredictor.Fit("gpu", Measured(200), 3, mlp ? MlpTrainingOptions.Default with { Steps = 200 } : null);
        using var bytes = new MemoryStream();
        predictor.Save(bytes);
        bytes.Position = 0;
        var copy = LatencyPredictor.Load(bytes);
        var sampler = new ArchitectureSampler(Samples.Wmt.Space, 44);
        for (var i = 0; i < 200; i++)
        {
            var architecture = sampler.Next();
            Assert.Equal(predictor.PredictMs(architecture), copy.PredictMs(architecture));
            Assert.True(predictor.PredictMs(architecture) > 0);
        }

        Assert.Equal(predictor.Kind, copy.Kind);
        Assert.Equal(predictor.Scores, copy.Scores);
    }

    [Fact]
    public void Ridge_with_interactions_learns_what_depth_alone_cannot()
    {
        var predictor = LatencyPredictor.Fit("gpu", Measured(400), 3);
        Assert.Equal(LatencyModelKind.RidgeWithDepthInteractions, predictor.Kind);
        Assert.InRange(predictor.Score.Mape, 0, 2);
        Assert.Equal(predictor.Scores, LatencyPredictor.Fit("gpu", Measured(400), 3).Scores);
    }

    [Theory]
    [InlineData("640,6,2048,6,640,3,2048,6,x,2,5,90,0,1", "decoder_ende_attention_heads_avg is \"x\"; expected a number")]
    [InlineData("640,6,2048,6,640,3,2048,6,6,2,5,NaN,0,1", "latency_mean_decoder is NaN; expected milliseconds above 0")]
    [InlineData("640,6,2048,6,640,3,2048,6,6,2,-5,90,0,1", "latency_mean_encoder is -5; expected milliseconds above 0")]
    [InlineData("640,6,2048,6,640,3,2048,6,6,5,5,90,0,1",
        "decoder_arbitrary_ende_attn_avg is 5; expected a mean of attended layers, 1 to 3")]
    [InlineData("640,6,2048,6,640,3,2048,6,6,2,5,90,0", "row is 13 fields; expected 14, as in the header")]
    [InlineData("0,6,2048,6,640,3,2048,6,6,2,5,90,0,1", "encoder_embed_dim is 0; expected a number above 0")]
    public void A_bad_row_is_named_with_file_line_and_value(string row, string message)
    {
        const string Good = "640,6,2048,6,640,3,2048,6,6,2,5,90,0,1";
        var error = Assert.Throws<DataFormatException>(
            () => HatLatencyCsv.Read(new StringReader($"{Header}\n{Good}\n{row}\n"), "mine.csv"));
        Assert.StartsWith($"mine.csv:3: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_spaces_empty_lines_and_windows_line_ends_are_borne_and_lines_counted_right()
    {
        const string Good = "640,6,2048,6,640,3,2048,6,6,2,5,90,0,1";
        var spaced = Header.Replace(",", " , ", StringComparison.Ordinal);
        var quoted = Good.Replace("640", "\"640\"", StringComparison.Ordinal);
        var text = $"{spaced}\r\n\r\n{quoted}\r\n  \r\n{Good}\r\n";
        var records = HatLatencyCsv.Read(new StringReader(text), "mine.csv");
        Assert.Equal(HatLatencyCsv.Read(new StringReader($"{Header}\n{Good}\n{Good}"), "mine.csv"), records, Same);
        var error = Assert.Throws<DataFormatException>(() => HatLatencyCsv.Read(new StringReader(text + "\r\n1,2\r\n"), "mine.csv"));
        Assert.StartsWith("mine.csv:7: row is 2 fields", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_may_be_reordered_but_not_missing_and_files_not_empty()
    {
        Assert.Contains("expected a column latency_std_decoder",
            Refuse(Header.Replace(",latency_std_decoder", "", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("records is none", Refuse(Header), StringComparison.Ordinal);
        Assert.Contains("header", Refuse(""), StringComparison.Ordinal);
        Assert.Contains("count is 9; expected at least 10",
            Assert.Throws<DataFormatException>(() => LatencyPredictor.Fit("gpu", Measured(9), 1)).Message, StringComparison.Ordinal);

        static string Refuse(string text) =>
            Assert.Throws<DataFormatException>(() => HatLatencyCsv.Read(new StringReader(text), "mine.csv")).Message;
    }

    private static bool Same(LatencyRecord a, LatencyRecord b) =>
        a with { Features = [] } == b with { Features = [] } && a.Features.SequenceEqual(b.Features);

    private static string Header => string.Join(',', HatLatencyCsv.Columns);

    private static List<LatencyRecord> Measured(int count)
    {
        var random = new SeededRandom(6);
        return [.. new ArchitectureSampler(Samples.Wmt.Space, 12).Distinct(count).Select(a =>
            LatencyRecord.Of(a, 5 + (a.EncoderEmbedDim / 320.0),
                (a.DecoderLayers * (15 + (a.DecoderFfnDims.Average() / 100))) + random.NextDouble(), 0.1, 0.2))];
    }
}

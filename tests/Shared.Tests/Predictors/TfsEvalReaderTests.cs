using System.Text.Json.Nodes;
using HsNas.Evaluation.TfsEval;
using HsNas.Kernel.Validation;
using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Predictors;

public class TfsEvalReaderTests
{
    [Fact]
    public void The_published_file_reads_whole()
    {
        var set = Published.TfsEval();
        Assert.Equal(30, set.Records.Count);
        Assert.Equal(["HAT", "Supernet (Sandwich)", "Layer-wise MoS", "Neuron-wise MoS"], set.SupernetNames);
        Assert.Equal(["123", "456", "789"], set.Splits.Select(s => s.Seed));
        Assert.All(set.Splits, s => Assert.Equal((10, 20), (s.Demonstrations.Count, s.Tests.Count)));
        Assert.Equal([12, 12, 6], set.Records.GroupBy(r => r.Architecture.DecoderLayers).OrderBy(g => g.Key).Select(g => g.Count()));
    }

    [Fact]
    public void A_file_without_splits_or_supernets_gets_three_drawn_splits()
    {
        var set = Read([.. Enumerable.Range(0, 12).Select(Record)]);
        Assert.False(set.SplitsAreGiven);
        Assert.Empty(set.SupernetNames);
        Assert.All(set.Splits, s => Assert.Equal((4, 8), (s.Demonstrations.Count, s.Tests.Count)));
        Assert.Equal(set.Splits[0].Tests, Read([.. Enumerable.Range(0, 12).Select(Record)]).Splits[0].Tests, (a, b) =>
            a.Architecture.Equals(b.Architecture));
    }

    [Fact]
    public void Random_splits_divide_all_records_each_time_differently_and_repeat_by_seed()
    {
        var set = Read([.. Enumerable.Range(0, 12).Select(Record)]);
        var splits = set.WithRandomSplits(5, 4, 1).Splits;
        Assert.All(splits, s =>
            Assert.Equal((4, 8, 12), (s.Demonstrations.Count, s.Tests.Count, s.Demonstrations.Concat(s.Tests).Distinct().Count())));
        var shown = splits.Select(s => string.Join(' ', s.Demonstrations.Select(d => d.ArchitectureId).Order())).ToList();
        Assert.True(shown.Distinct(StringComparer.Ordinal).Count() > 1);
        Assert.Equal(shown,
            set.WithRandomSplits(5, 4, 1).Splits.Select(s => string.Join(' ', s.Demonstrations.Select(d => d.ArchitectureId).Order())));
        Assert.Contains("2 demonstrations and 10 tests", Assert.Throws<DataFormatException>(() => set.WithRandomSplits(1, 2, 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<DataFormatException>(() => set.WithRandomSplits(1, 11, 1));
    }

    [Theory]
    [InlineData("enc_dim", "600", "encoder-embed-dim is 600; expected one of 640, 512, as the space of wmt14-en-de has it")]
    [InlineData("enc_ffn", "[1024, 2048]", "enc_layers is 6; expected 2, the length of the feed-forward list")]
    [InlineData("enc_heads", "[8, 8, 8, 8, 8, \"8\"]", "enc_heads[5] is \"8\"; expected a whole number")]
    [InlineData("tfs_valid_bleu", "250", "tfs_valid_bleu is 250; expected a BLEU from 0 to 100")]
    [InlineData("tfs_valid_bleu", "\"n/a\"", "tfs_valid_bleu is \"n/a\"; expected a BLEU")]
    [InlineData("tfs_valid_bleu", "null", "tfs_valid_bleu is missing; expected a BLEU")]
    [InlineData("latency_ms", "-1", "latency_ms is -1; expected milliseconds above 0")]
    [InlineData("total_flops", "1", "total_flops is 1; expected")]
    [InlineData("dataset", "\"wmt14-en-fr\"", "dataset is wmt14-en-fr; expected wmt14-en-de, the task asked for")]
    [InlineData("arch_id", "0", "arch_id is 0; expected every identifier once")]
    [InlineData("baselines", "{\"HAT\": {\"test_bleu\": 3}}", "baselines.HAT.valid_bleu is missing")]
    [InlineData("baselines", "7", "baselines is 7; expected a JSON object")]
    [InlineData("splits", "{\"123\": {\"part\": \"dev\", \"pos\": 0}}", "splits.123.part is dev; expected train or test")]
    public void A_bad_value_is_named_with_file_line_and_value(string field, string value, string message)
    {
        var records = Enumerable.Range(0, 3).Select(Record).ToList();
        records[1][field] = JsonNode.Parse(value);
        var error = Assert.ThrowsAny<InvalidInputException>(() => Read(records));
        Assert.StartsWith($"mine.jsonl:2: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bare_nan_is_named_by_its_field()
    {
        var line = Record(0).ToJsonString().Replace("\"tfs_valid_bleu\":24", "\"tfs_valid_bleu\":NaN", StringComparison.Ordinal);
        var error = Assert.Throws<DataFormatException>(() => ReadText("\n" + line));
        Assert.Equal(("tfs_valid_bleu", 2), (error.Field, error.Line));
        Assert.Contains("NaN", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_architectures_empty_files_and_cut_lines_are_refused()
    {
        var twice = Record(0);
        twice["arch_id"] = 77;
        Assert.Contains("this one stands on line 1 too", Refuse([Record(0), twice]), StringComparison.Ordinal);
        Assert.Contains("records is none", Assert.Throws<DataFormatException>(() => ReadText("\n\n")).Message, StringComparison.Ordinal);
        Assert.Contains("mine.jsonl:1: arch_id is not JSON", Assert.Throws<DataFormatException>(() => ReadText("{\"arch_id\": ")).Message,
            StringComparison.Ordinal);
        Assert.Contains("at least 3 demonstrations", Refuse([Record(0), Record(1)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Asking_for_more_demonstrations_than_a_split_holds_is_refused()
    {
        var set = Read([.. Enumerable.Range(0, 12).Select(Record)]);
        Assert.All(set.WithDemonstrations(3).Splits, s => Assert.Equal(3, s.Demonstrations.Count));
        var error = Assert.Throws<DataFormatException>(() => set.WithDemonstrations(5));
        Assert.Contains("4 demonstrations; expected at least 5", error.Message, StringComparison.Ordinal);
    }

    internal static JsonObject Record(int id)
    {
        var demonstration = Samples.Demonstrations(Samples.Wmt, 40)[id];
        var a = demonstration.Architecture;
        return new JsonObject
        {
            ["arch_id"] = id,
            ["dataset"] = "wmt14-en-de",
            ["enc_dim"] = a.EncoderEmbedDim,
            ["enc_layers"] = a.EncoderLayers,
            ["enc_ffn"] = List(a.EncoderFfnDims),
            ["enc_heads"] = List(a.EncoderHeads),
            ["dec_dim"] = a.DecoderEmbedDim,
            ["dec_layers"] = a.DecoderLayers,
            ["dec_ffn"] = List(a.DecoderFfnDims),
            ["dec_self_heads"] = List(a.DecoderSelfHeads),
            ["dec_cross_heads"] = List(a.DecoderCrossHeads),
            ["dec_arbitrary"] = List(a.DecoderArbitrary),
            ["tfs_valid_bleu"] = id == 0 ? 24 : demonstration.Bleu,
        };
    }

    private static JsonArray List(IEnumerable<int> values) => [.. values.Select(v => JsonValue.Create(v))];

    private static string Refuse(List<JsonObject> records) => Assert.ThrowsAny<InvalidInputException>(() => Read(records)).Message;

    private static TfsEvalSet Read(List<JsonObject> records) => ReadText(string.Join('\n', records.Select(r => r.ToJsonString())));

    private static TfsEvalSet ReadText(string text) => TfsEvalReader.Read(new StringReader(text), "mine.jsonl", Samples.Wmt);
}

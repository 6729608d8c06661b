using System.Globalization;
using System.Text;
using HsNas.Models;

namespace HsNas.Onnx;

/// <summary>The page that goes with a model: what it is, where it comes from, how good it is, how it is run.</summary>
public static class ModelCard
{
    private const string Unknown = "not known";

    /// <summary>The page of a model in <paramref name="form"/>, whose files besides this page are <paramref name="files"/>.</summary>
    public static string Of(ExportedConfig config, CardFacts facts, string form, IReadOnlyDictionary<string, byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(files);
        var a = config.Architecture;
        var page = new StringBuilder($"# {config.Task}: a {config.Source} to {config.Target} translator\n\n| | |\n|---|---|\n");
        Row("form", form);
        Row("encoder", $"{a.EncoderLayers} layers of width {a.EncoderEmbedDim}; FFN {Join(a.EncoderFfnDims)}; "
            + $"heads {Join(a.EncoderHeads)}");
        Row("decoder", $"{a.DecoderLayers} layers of width {a.DecoderEmbedDim}; FFN {Join(a.DecoderFfnDims)}; "
            + $"heads {Join(a.DecoderSelfHeads)} self, {Join(a.DecoderCrossHeads)} cross; last "
            + $"{Join(Enumerable.Range(0, a.DecoderLayers).Select(a.AttendedEncoderLayers))} encoder layers attended");
        Row("parameters", (config.Parameters + config.EncoderOnlyParameters).ToString("N0", CultureInfo.InvariantCulture));
        Row("vocabulary", $"{config.VocabularySize} subwords, both languages");
        Row("BLEU of fp32 weights",
            config.Scores is { } s ? $"{s.TestBleu:F2} test, {s.ValidBleu:F2} validation ({s.Signature})" : Unknown);
        Row("validation loss of fp32 weights", config.Scores is { } loss ? $"{loss.ValidLossBits:F3} bits a token" : Unknown);
        Row("search", facts.Search ?? Unknown);
        Row("limits", Pairs(facts.Limits));
        Row("latencies", Pairs(facts.Latencies));
        var from = config.Provenance;
        Row("training", $"{from.Steps} updates, {from.Warmup} of them warm-up, seed {from.Seed}, job {from.Job}, device {from.Device}");
        Row("data", $"data set {from.Dataset}: {from.Text}");
        if (from.TextTeacher is { } teacher) Row("trained on", $"the data's sources, as model {teacher} translated them (beam 4)");
        Row("licence", facts.Licence ?? "not stated; see the data's");
        page.Append("\n| file | bytes |\n|---|---|\n");
        foreach (var (name, bytes) in files) Row($"`{name}`", bytes.Length.ToString("N0", CultureInfo.InvariantCulture));
        return page.ToString();

        void Row(string what, string value) => page.Append(CultureInfo.InvariantCulture, $"| {what} | {value} |\n");
    }

    private static string Join(IEnumerable<int> values) => string.Join(", ", values);

    private static string Pairs(IReadOnlyDictionary<string, string>? values) =>
        values is { Count: > 0 } ? string.Join("; ", values.Select(v => $"{v.Key}: {v.Value}")) : Unknown;
}

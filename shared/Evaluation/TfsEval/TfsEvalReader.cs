using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Evaluation.TfsEval;

/// <summary>
/// Reads TFS-Eval: one JSON object per line. Every number is checked, architectures against the task's space, FLOPs and
/// parameters against its cost model, because a wrong label or a file of another task would spoil everything quietly.
/// Fields not listed here are ignored; blank lines are skipped.
/// </summary>
public sealed class TfsEvalReader
{
    private readonly TaskDefinition _task;
    private readonly string _source;
    private readonly GeneCodec _codec;
    private readonly CostModel _cost;

    private TfsEvalReader(TaskDefinition task, string source)
    {
        _task = task;
        _source = source;
        _codec = new GeneCodec(task.Space);
        _cost = CostModel.For(task);
    }

    /// <summary>Reads a file of <paramref name="task"/>.</summary>
    /// <param name="reader">The text; read to its end.</param>
    /// <param name="sourceName">File name, for messages.</param>
    /// <param name="task">Whose space and cost model the file must agree with.</param>
    /// <exception cref="DataFormatException">Names file, line, field, value and what is allowed.</exception>
    public static TfsEvalSet Read(TextReader reader, string sourceName, TaskDefinition task)
    {
        var parser = new TfsEvalReader(task, sourceName);
        var records = new List<TfsEvalRecord>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var (text, line) = (reader.ReadLine(), 1); text is not null; (text, line) = (reader.ReadLine(), line + 1))
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var record = parser.ReadRecord(text, line);
            if (!lines.TryAdd(record.Architecture.Key, line))
            {
                throw parser.Error("architecture", record.Architecture.Key,
                    $"architectures that differ (this one stands on line {lines[record.Architecture.Key]} too)", line);
            }

            if (records.Any(r => r.ArchitectureId == record.ArchitectureId))
            {
                throw parser.Error("arch_id", record.ArchitectureId.ToString(CultureInfo.InvariantCulture), "every identifier once", line);
            }

            records.Add(record);
        }

        return records.Count > 0
            ? new TfsEvalSet(sourceName, records)
            : throw new DataFormatException(sourceName, "records", "none", "at least one record");
    }

    private TfsEvalRecord ReadRecord(string text, int line)
    {
        using var document = Parse(text, line);
        var fields = new JsonFields(document.RootElement, "", (field, value, allowed) => Error(field, value, allowed, line));
        var dataset = fields.Optional("dataset")?.Text("dataset");
        if (dataset is not null && dataset != _task.Name)
        {
            throw Error("dataset", dataset, $"{_task.Name}, the task asked for", line);
        }

        var architecture = ReadArchitecture(fields, line);
        var cost = _cost.Evaluate(architecture);
        CheckCost(fields, "total_flops", cost.TotalFlops);
        CheckCost(fields, "last_layer_flops", cost.LastLayerFlops);
        CheckCost(fields, "total_flops_without_last_layer", cost.FlopsWithoutLastLayer);
        CheckCost(fields, "params_no_embed", cost.ParametersWithoutEmbeddings);
        CheckCost(fields, "params_embed", cost.EmbeddingParameters);
        return new TfsEvalRecord
        {
            ArchitectureId = fields.Required("arch_id").Integer("arch_id"),
            Architecture = architecture,
            Cost = cost,
            ValidBleu = Bleu(fields, "tfs_valid_bleu") ?? throw Error("tfs_valid_bleu", "missing", "a BLEU", line),
            TestBleu = Bleu(fields, "tfs_test_bleu"),
            LatencyMs = fields.Optional("latency_ms")?.Number("latency_ms", v => v > 0, "milliseconds above 0"),
            SupernetBleu = new OrderedDictionary<string, double>(fields.Object("baselines").Select(b => KeyValuePair.Create(
                b.Name,
                Bleu(b.Fields, "valid_bleu") ?? throw Error($"baselines.{b.Name}.valid_bleu", "missing", "a BLEU", line)))),
            Splits = fields.Object("splits").ToImmutableDictionary(s => s.Name, s => ReadPlace(s.Fields)),
        };
    }

    private Architecture ReadArchitecture(JsonFields fields, int line)
    {
        var architecture = new Architecture
        {
            EncoderEmbedDim = fields.Required("enc_dim").Integer("enc_dim"),
            EncoderFfnDims = fields.Required("enc_ffn").Integers("enc_ffn"),
            EncoderHeads = fields.Required("enc_heads").Integers("enc_heads"),
            DecoderEmbedDim = fields.Required("dec_dim").Integer("dec_dim"),
            DecoderFfnDims = fields.Required("dec_ffn").Integers("dec_ffn"),
            DecoderSelfHeads = fields.Required("dec_self_heads").Integers("dec_self_heads"),
            DecoderCrossHeads = fields.Required("dec_cross_heads").Integers("dec_cross_heads"),
            DecoderArbitrary = fields.Required("dec_arbitrary").Integers("dec_arbitrary"),
        };
        CheckDepth("enc_layers", architecture.EncoderLayers);
        CheckDepth("dec_layers", architecture.DecoderLayers);
        try
        {
            _codec.Validate(architecture);
            return architecture;
        }
        catch (GeneException e)
        {
            throw Error(e.Field, e.Value, $"{e.Allowed}, as the space of {_task.Name} has it", line);
        }

        void CheckDepth(string field, int listed)
        {
            var stated = fields.Required(field).Integer(field);
            if (stated != listed)
            {
                throw Error(field, stated.ToString(CultureInfo.InvariantCulture), $"{listed}, the length of the feed-forward list", line);
            }
        }
    }

    private static void CheckCost(JsonFields fields, string field, long computed) =>
        fields.Optional(field)?.Number(
            field, v => v == computed, $"{computed}, what the task's cost model computes; is this file of another task?");

    private static double? Bleu(JsonFields fields, string field) =>
        fields.Optional(field)?.Number(field, v => v is >= 0 and <= 100, "a BLEU from 0 to 100");

    private static TfsEvalPlace ReadPlace(JsonFields fields)
    {
        var part = fields.Required("part").Text("part");
        return part is "train" or "test"
            ? new TfsEvalPlace(part == "train", fields.Required("pos").Integer("pos"))
            : throw fields.Error("part", part, "train or test");
    }

    private JsonDocument Parse(string text, int line)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            // Python writes NaN and Infinity bare, which is not JSON: say which field it was.
            var at = (int)Math.Min(e.BytePositionInLine ?? 0, text.Length);
            var field = JsonFields.LastNameBefore(text, at);
            throw Error(
                field, $"not JSON at byte {at}: {text.AsSpan(Math.Max(0, at - 20), Math.Min(40, text.Length - Math.Max(0, at - 20)))}",
                "one JSON object with finite numbers", line);
        }
    }

    private DataFormatException Error(string field, string value, string allowed, int line) => new(_source, field, value, allowed, line);
}

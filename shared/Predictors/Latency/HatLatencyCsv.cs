using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Latency;

/// <summary>Reads and writes HAT's latency csv: a header of fourteen columns, then one measured subtransformer per line.</summary>
public static class HatLatencyCsv
{
    /// <summary>The columns, in HAT's order; a file may hold them in any order, and further ones are ignored.</summary>
    public static readonly ImmutableArray<string> Columns =
    [
        "encoder_embed_dim", "encoder_layer_num", "encoder_ffn_embed_dim_avg", "encoder_self_attention_heads_avg",
        "decoder_embed_dim", "decoder_layer_num", "decoder_ffn_embed_dim_avg", "decoder_self_attention_heads_avg",
        "decoder_ende_attention_heads_avg", "decoder_arbitrary_ende_attn_avg",
        "latency_mean_encoder", "latency_mean_decoder", "latency_std_encoder", "latency_std_decoder",
    ];

    // The header is read as a row: rows that are shorter or longer than it get this project's own error.
    private static readonly CsvReaderOptions Reading = new()
    {
        HasHeader = false, TrimWhitespace = true, SkipEmptyLines = true, TrackLineNumbers = true,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    private static readonly CsvWriterOptions Writing = new() { NewLine = "\n" };

    /// <summary>Reads all records.</summary>
    /// <param name="reader">The text; read to its end, left open.</param>
    /// <param name="sourceName">File name, for messages.</param>
    /// <exception cref="DataFormatException">A column is missing, a value is no number or out of range, or there is no record;
    /// names line, column and value.</exception>
    public static IReadOnlyList<LatencyRecord> Read(TextReader reader, string sourceName)
    {
        using var csv = CsvReader.Create(reader, Reading, leaveOpen: true);
        var header = csv.Read() ? Fields(csv) : [];
        var indices = Columns.Select(c => IndexOf(c, header, sourceName)).ToArray();
        var records = new List<LatencyRecord>();
        while (csv.Read()) records.Add(ReadRecord(Fields(csv), header.Length, indices, sourceName, (int)csv.LineNumber));
        return records.Count > 0 ? records
            : throw new DataFormatException(sourceName, "records", "none", "at least one measured subtransformer");
    }

    /// <summary>Writes header and records; numbers in the shortest form that reads back exactly.</summary>
    public static void Write(TextWriter writer, IEnumerable<LatencyRecord> records)
    {
        using var csv = CsvWriter.Create(writer, Writing, leaveOpen: true);
        csv.WriteRecord(Columns.AsSpan());
        foreach (var record in records)
        {
            double[] values = [.. record.Features, record.EncoderMs, record.DecoderMs, record.EncoderDeviationMs,
                record.DecoderDeviationMs];
            csv.WriteRecord([.. values.Select(v => v.ToString("R", CultureInfo.InvariantCulture))]);
        }
    }

    private static LatencyRecord ReadRecord(string[] fields, int width, int[] indices, string sourceName, int line)
    {
        if (fields.Length != width)
        {
            throw new DataFormatException(sourceName, "row", $"{fields.Length} fields", $"{width}, as in the header", line);
        }

        var values = new double[Columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var text = fields[indices[i]];
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                throw new DataFormatException(sourceName, Columns[i], text.Length == 0 ? "empty" : $"\"{text}\"", "a number", line);
            }
        }

        var record = new LatencyRecord
        {
            Features = [.. values[..10]],
            EncoderMs = values[10],
            DecoderMs = values[11],
            EncoderDeviationMs = values[12],
            DecoderDeviationMs = values[13],
        };
        record.Validate((field, value, allowed) => new DataFormatException(sourceName, field, value, allowed, line));
        return record;
    }

    private static string[] Fields(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i))];

    private static int IndexOf(string column, string[] header, string sourceName)
    {
        var index = Array.IndexOf(header, column);
        return index >= 0 ? index : throw new DataFormatException(sourceName, "header", string.Join(",", header), $"a column {column}", 1);
    }
}

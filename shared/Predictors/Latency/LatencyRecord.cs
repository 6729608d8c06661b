using System.Collections.Immutable;
using System.Globalization;
using HsNas.Kernel.Validation;
using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.Predictors.Latency;

/// <summary>
/// One measured subtransformer in HAT's terms: ten aggregate features and milliseconds (docs/method.md, "Latency predictor").
/// </summary>
public sealed record LatencyRecord
{
    /// <summary>
    /// Widths, depths and means over active layers, not normalised, in the order of HAT's csv: encoder width, encoder
    /// depth, mean encoder feed-forward width, mean encoder heads, decoder width, decoder depth, mean decoder
    /// feed-forward width, mean self-attention heads, mean encoder-decoder heads, mean attended encoder layers.
    /// </summary>
    public required ImmutableArray<double> Features { get; init; }

    /// <summary>Trimmed mean of the encoder runs, milliseconds.</summary>
    public required double EncoderMs { get; init; }

    /// <summary>Trimmed mean of the decoder runs, milliseconds.</summary>
    public required double DecoderMs { get; init; }

    /// <summary>Standard deviation of the encoder runs.</summary>
    public required double EncoderDeviationMs { get; init; }

    /// <summary>Standard deviation of the decoder runs.</summary>
    public required double DecoderDeviationMs { get; init; }

    /// <summary>What is predicted: encoder plus decoder.</summary>
    public double TotalMs => EncoderMs + DecoderMs;

    /// <summary>Depth of the decoder.</summary>
    public int DecoderLayers => (int)Features[5];

    /// <summary>The record of a measured architecture.</summary>
    /// <exception cref="DataFormatException">A time is not positive or a deviation is negative.</exception>
    public static LatencyRecord Of(
        Architecture architecture, double encoderMs, double decoderMs, double encoderDeviationMs, double decoderDeviationMs)
    {
        var record = new LatencyRecord
        {
            Features = FeaturesOf(architecture),
            EncoderMs = encoderMs,
            DecoderMs = decoderMs,
            EncoderDeviationMs = encoderDeviationMs,
            DecoderDeviationMs = decoderDeviationMs,
        };
        record.Validate((field, value, allowed) => new DataFormatException("latency measurement", field, value, allowed));
        return record;
    }

    /// <summary>The <see cref="Features"/> of an architecture.</summary>
    public static ImmutableArray<double> FeaturesOf(Architecture architecture)
    {
        Span<float> features = stackalloc float[AggregateFeatures.FeatureCount];
        AggregateMeans.Write(architecture, ArbitraryCoding.AttendedLayers, features);
        return [.. features.ToArray().Select(f => (double)f)];
    }

    internal void Validate(StrictJson.ErrorFactory error)
    {
        for (var i = 0; i < Features.Length; i++)
        {
            Demand(HatLatencyCsv.Columns[i], Features[i], Features[i] > 0 && Features[i] <= 65_536, "a number above 0, at most 65536");
        }

        Demand("decoder_arbitrary_ende_attn_avg", Features[9], Features[9] is >= 1 and <= 3, "a mean of attended layers, 1 to 3");
        Demand("latency_mean_encoder", EncoderMs, double.IsFinite(EncoderMs) && EncoderMs > 0, "milliseconds above 0");
        Demand("latency_mean_decoder", DecoderMs, double.IsFinite(DecoderMs) && DecoderMs > 0, "milliseconds above 0");
        Demand("latency_std_encoder", EncoderDeviationMs, double.IsFinite(EncoderDeviationMs) && EncoderDeviationMs >= 0,
            "milliseconds, not negative");
        Demand("latency_std_decoder", DecoderDeviationMs, double.IsFinite(DecoderDeviationMs) && DecoderDeviationMs >= 0,
            "milliseconds, not negative");

        void Demand(string field, double value, bool holds, string allowed)
        {
            if (!holds)
            {
                throw error(field, value.ToString(CultureInfo.InvariantCulture), allowed);
            }
        }
    }
}

using System.Text.Json.Serialization;

namespace HsNas.Predictors.Latency;

/// <summary>The forms of latency predictor that are tried.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LatencyModelKind>))]
public enum LatencyModelKind
{
    /// <summary>
    /// Least squares on encoder and decoder depth alone: as good as HAT's MLP on its GPU data (docs/method.md, "Latency
    /// predictor").
    /// </summary>
    DepthOnly,

    /// <summary>Ridge on the ten features and their products with decoder depth.</summary>
    RidgeWithDepthInteractions,

    /// <summary>A multi-layer perceptron.</summary>
    Mlp,

    /// <summary>Another device's prediction and decoder depth, combined linearly; made by <see cref="AdaptedLatencyPredictor"/>.</summary>
    Adapted,
}

/// <summary>How well one form predicts the held-out tenth.</summary>
/// <param name="Kind">The form.</param>
/// <param name="ValidationMape">Mean absolute percentage error on the validation tenth, by which the form is chosen.</param>
/// <param name="Mape">Mean absolute percentage error on the held-out tenth.</param>
/// <param name="Rmse">Root mean squared error there, milliseconds.</param>
/// <param name="Tau">Kendall's tau-b there, or null where undefined.</param>
public sealed record LatencyModelScore(LatencyModelKind Kind, double ValidationMape, double Mape, double Rmse, double? Tau);

/// <summary>A latency predictor as it is stored: JSON.</summary>
public sealed record LatencyPredictorData
{
    /// <summary>Version of this form: 1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The device measured.</summary>
    public required string Device { get; init; }

    /// <summary>
    /// Pace of the device that its latencies are given at: milliseconds of the fixed work (docs/method.md, "Latency predictor"); null
    /// where it is not known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PaceMs { get; init; }

    /// <summary>Least latency predicted, milliseconds: half of the least measured, so that no extrapolation reaches zero.</summary>
    public required double LeastMs { get; init; }

    /// <summary>Records used, held-out ones included.</summary>
    public required int Records { get; init; }

    /// <summary>The form in use.</summary>
    public required LatencyModelData Model { get; init; }

    /// <summary>Every form tried.</summary>
    public required IReadOnlyList<LatencyModelScore> Scores { get; init; }

    /// <summary>Errors on the held-out tenth, for upper bounds; null in files of earlier versions.</summary>
    public LatencyCalibration? Calibration { get; init; }
}

/// <summary>The numbers of one fitted form.</summary>
public sealed record LatencyModelData
{
    /// <summary>The form.</summary>
    public required LatencyModelKind Kind { get; init; }

    /// <summary>Linear forms: intercept, then one coefficient per term.</summary>
    public double[] Coefficients { get; init; } = [];

    /// <summary>MLP: divisor of each of the ten features.</summary>
    public float[] Divisors { get; init; } = [];

    /// <summary>MLP: the file of <see cref="Mlp.MlpFile"/>.</summary>
    public byte[]? Mlp { get; init; }

    /// <summary>Adapted: the other device's model; its coefficients are intercept, that of the other prediction, that of depth.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LatencyModelData? Source { get; init; }

    /// <summary>Adapted: least latency that the other device's predictor predicts, milliseconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double SourceLeastMs { get; init; }

    /// <summary>Whether it has what its kind needs.</summary>
    internal bool IsComplete() => Kind switch
    {
        LatencyModelKind.Mlp => Divisors.Length == 10 && Mlp is not null,
        LatencyModelKind.Adapted => Coefficients.Length == 3 && Source?.IsComplete() == true,
        _ => Coefficients.Length == LinearLatencyModel.TermCount(Kind) + 1,
    };
}

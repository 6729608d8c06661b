using HsNas.Shared.Architectures;

namespace HsNas.Shared.Messaging;

/// <summary>Input of <see cref="JobKinds.TrainSupernet"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Hash of its data set.</param>
/// <param name="Kind">Kind of supernet: "hat" (SPOS).</param>
/// <param name="Steps">Updates.</param>
/// <param name="Warmup">Warm-up updates.</param>
/// <param name="Seed">Seeds weights, batches, dropout and sampled architectures.</param>
public sealed record TrainSupernetInput(string Task, string Dataset, string Kind, int Steps, int Warmup, long Seed)
{
    /// <summary>Identifies the weights: equal inputs give equal weights on equal devices.</summary>
    public string Fingerprint() => BlobLayout.Fingerprint("supernet", Task, Dataset, Kind, $"{Steps}", $"{Warmup}", $"{Seed}");
}

/// <summary>Result of <see cref="JobKinds.TrainSupernet"/>.</summary>
/// <param name="Checkpoint">Blob of the weights.</param>
/// <param name="Steps">Updates done.</param>
/// <param name="TrainingLossNats">Mean loss per token over the last tenth of the updates, in nats.</param>
/// <param name="Seconds">Seconds in updates.</param>
/// <param name="TokensPerSecond">Target tokens a second.</param>
public sealed record TrainSupernetResult(string Checkpoint, int Steps, double TrainingLossNats, double Seconds, double TokensPerSecond);

/// <summary>Input of <see cref="JobKinds.Score"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Hash of its data set.</param>
/// <param name="Checkpoint">Blob of the supernet's weights.</param>
/// <param name="Architectures">Candidates, distinct.</param>
public sealed record ScoreInput(string Task, string Dataset, string Checkpoint, IReadOnlyList<Architecture> Architectures);

/// <summary>Result of <see cref="JobKinds.Score"/>.</summary>
/// <param name="LossBits">Validation loss in bits per token, lower is better, in the order asked.</param>
public sealed record ScoreResult(IReadOnlyList<double> LossBits);

/// <summary>Input of <see cref="JobKinds.TrainRegressor"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Labels">Blob of <see cref="LabelSet"/>.</param>
/// <param name="Preset">"default" or "paper" (hsnas-facts H).</param>
/// <param name="Seed">Seeds weights and batches.</param>
/// <param name="Model">Blob to write the model to.</param>
public sealed record TrainRegressorInput(string Task, string Labels, string Preset, long Seed, string Model);

/// <summary>Labelled architectures.</summary>
/// <param name="Source">Who labelled them, in words.</param>
/// <param name="Items">Architecture and label.</param>
public sealed record LabelSet(string Source, IReadOnlyList<LabelledArchitecture> Items);

/// <summary>One label.</summary>
/// <param name="Architecture">What was labelled.</param>
/// <param name="Bleu">Predicted BLEU.</param>
public sealed record LabelledArchitecture(Architecture Architecture, double Bleu);

/// <summary>Result of <see cref="JobKinds.TrainRegressor"/>.</summary>
/// <param name="Model">Blob of the model.</param>
/// <param name="Steps">Updates done.</param>
/// <param name="FitRmse">Root mean square error against the labels it was fitted to, in BLEU.</param>
/// <param name="HeldOutRmse">The same on a held-out tenth.</param>
public sealed record TrainRegressorResult(string Model, int Steps, double FitRmse, double HeldOutRmse);

/// <summary>Input of <see cref="JobKinds.MeasureLatency"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Architectures">What to measure.</param>
/// <param name="Runs">Timed calls of each side (hsnas-facts D's latiter).</param>
/// <param name="Beam">Decoder rows.</param>
/// <param name="Nonce">Distinguishes measurements that must not be answered by an earlier one; may be empty.</param>
public sealed record MeasureLatencyInput(string Task, IReadOnlyList<Architecture> Architectures, int Runs, int Beam, string Nonce);

/// <summary>One measured architecture; milliseconds.</summary>
/// <param name="EncoderMean">Trimmed mean of the encoder.</param>
/// <param name="DecoderMean">Trimmed mean of a whole decoding.</param>
/// <param name="EncoderDeviation">Standard deviation of the encoder's timings.</param>
/// <param name="DecoderDeviation">Standard deviation of the decoder's timings.</param>
/// <param name="P50">Median of both sides together.</param>
/// <param name="P95">95th percentile of both sides together.</param>
public sealed record LatencyMeasurement(
    double EncoderMean, double DecoderMean, double EncoderDeviation, double DecoderDeviation, double P50, double P95)
{
    /// <summary>Encoder plus decoder: the latency that limits are about.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double TotalMean => EncoderMean + DecoderMean;
}

/// <summary>Result of <see cref="JobKinds.MeasureLatency"/>.</summary>
/// <param name="Device">Fingerprint of the device.</param>
/// <param name="Measurements">In the order asked.</param>
public sealed record MeasureLatencyResult(string Device, IReadOnlyList<LatencyMeasurement> Measurements);

/// <summary>Input of <see cref="JobKinds.TrainFromScratch"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Hash of its data set.</param>
/// <param name="Architecture">What to train.</param>
/// <param name="Steps">Updates.</param>
/// <param name="Warmup">Warm-up updates.</param>
/// <param name="Seed">Seeds weights, batches and dropout.</param>
public sealed record TrainFromScratchInput(string Task, string Dataset, Architecture Architecture, int Steps, int Warmup, long Seed);

/// <summary>Result of <see cref="JobKinds.TrainFromScratch"/>.</summary>
/// <param name="ValidLossBits">Validation loss, whole set, bits per token.</param>
/// <param name="ValidBleu">BLEU on the validation part, beam 4.</param>
/// <param name="TestBleu">BLEU on the test part, beam 4.</param>
/// <param name="Seconds">Seconds in updates.</param>
/// <param name="Tokens">Target tokens trained on.</param>
/// <param name="Checkpoint">Blob of the weights.</param>
public sealed record TrainFromScratchResult(
    double ValidLossBits, double ValidBleu, double TestBleu, double Seconds, long Tokens, string Checkpoint);

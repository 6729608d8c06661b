using System.Text.Json.Serialization;
using HsNas.Contracts.Supernets;
using HsNas.Kernel;
using HsNas.Evolution;
using HsNas.Evolution.Racing;
using HsNas.Spaces;

namespace HsNas.Contracts.Jobs;

/// <summary>Input of <see cref="JobKinds.TrainSupernet"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Hash of its data set.</param>
/// <param name="Kind">Id of a <see cref="SupernetKind"/>.</param>
/// <param name="Steps">Updates.</param>
/// <param name="Warmup">Warm-up updates.</param>
/// <param name="Seed">Seeds weights, batches, dropout and sampled architectures.</param>
/// <param name="Experts">Experts a layer of a mixture; <see cref="SupernetKinds.DefaultExperts"/> where null.</param>
/// <param name="RouterWidth">Hidden width of a mixture's routers; <see cref="SupernetKinds.DefaultRouterWidth"/> where null.</param>
/// <param name="Accumulate">Batches whose gradients make one update; one where null.</param>
/// <param name="Precision">"fp32", "fp16" or "bf16"; fp32 where null.</param>
/// <remarks>Options are null by default, and null is not written: job ids of inputs without them stay what they were.</remarks>
public sealed record TrainSupernetInput(
    string Task, string Dataset, string Kind, int Steps, int Warmup, long Seed, int? Experts = null, int? RouterWidth = null,
    int? Accumulate = null,
    string? Precision = null)
{
    /// <summary>Identifies the weights: equal inputs give equal weights on equal devices.</summary>
    /// <param name="kinds">Says whether the kind mixes experts; where it does not, their number changes nothing.</param>
    public string Fingerprint(SupernetKinds kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        List<string> parts = ["supernet", Task, Dataset, Kind, $"{Steps}", $"{Warmup}", $"{Seed}"];
        if (kinds.Of(Kind).Mixes)
            parts.Add($"experts={Experts ?? SupernetKinds.DefaultExperts},router={RouterWidth ?? SupernetKinds.DefaultRouterWidth}");
        if (Accumulate is > 1) parts.Add($"accumulate={Accumulate}");
        if (Precision is not null and not TrainingRecipe.Fp32) parts.Add($"precision={Precision}");
        return Hashing.Fingerprint([.. parts]);
    }
}

/// <summary>Result of <see cref="JobKinds.TrainSupernet"/>.</summary>
/// <param name="Checkpoint">Blob of the weights.</param>
/// <param name="Steps">Updates done.</param>
/// <param name="TrainingLossNats">Mean loss per token over the last tenth of the updates, in nats.</param>
/// <param name="Seconds">Seconds in updates.</param>
/// <param name="TokensPerSecond">Target tokens a second.</param>
/// <param name="CpuSeconds">Processor time of the updates; null in results of earlier versions.</param>
public sealed record TrainSupernetResult(
    string Checkpoint, int Steps, double TrainingLossNats, double Seconds, double TokensPerSecond, double? CpuSeconds = null);

/// <summary>Input of <see cref="JobKinds.Score"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Hash of its data set.</param>
/// <param name="Checkpoint">Blob of the supernet's weights.</param>
/// <param name="Architectures">Candidates, distinct.</param>
public sealed record ScoreInput(string Task, string Dataset, string Checkpoint, IReadOnlyList<Architecture> Architectures)
{
    /// <summary>How the candidates race for the places of parents; null: each is scored on the whole text.</summary>
    public RaceInput? Race { get; init; }

    /// <summary>Block losses that others computed. They save work and decide nothing: a race goes as if they were not there.</summary>
    public IReadOnlyList<LossRecord> Shared { get; init; } = [];
}

/// <summary>A race for the places of parents (docs/method.md, "Racing").</summary>
/// <param name="Rules">Its rules.</param>
/// <param name="Parents">How many candidates become parents.</param>
/// <param name="Exact">How many of the best are scored on the whole text.</param>
/// <param name="Candidates">What the run knows of each candidate, in the order of <see cref="ScoreInput.Architectures"/>.</param>
/// <param name="Examples">What it knows of others that were scored on the whole text, oldest first.</param>
public sealed record RaceInput(
    RaceRules Rules, int Parents, int Exact, IReadOnlyList<LossRecord> Candidates, IReadOnlyList<LossRecord> Examples);

/// <summary>Result of <see cref="JobKinds.Score"/>.</summary>
/// <param name="LossBits">Validation loss in bits per token, lower is better, in the order asked; after a race a forecast where the
/// whole text was not needed.</param>
/// <param name="Records">Block losses of each, in the order asked.</param>
/// <param name="Blocks">The blocks of the text.</param>
/// <param name="Work">What it took, as if others had computed nothing.</param>
/// <param name="Computed">Candidates that the supernet was really run on.</param>
public sealed record ScoreResult(
    IReadOnlyList<double> LossBits, IReadOnlyList<LossRecord> Records, IReadOnlyList<TextBlock> Blocks, RankingWork Work, int Computed);

/// <summary>Input of <see cref="JobKinds.TrainRegressor"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Labels">Blob of <see cref="LabelSet"/>.</param>
/// <param name="Preset">"default" or "paper" (docs/method.md, "Distilled predictor").</param>
/// <param name="Seed">Seeds weights and batches.</param>
/// <param name="Model">Blob to write the model to.</param>
/// <param name="Supernet">
/// Blob of a supernet to distil ("distilled HAT"; docs/method.md, "Distilled predictor"); null where <paramref name="Labels"/>
/// exists already.
/// </param>
/// <param name="Dataset">Hash of the data set whose validation part the supernet is scored on.</param>
/// <param name="Architectures">Random architectures to label; the default 3,000 of the paper where null.</param>
/// <remarks>With a supernet the labels are minus its validation losses in bits, so larger is better, and the job writes them to
/// <paramref name="Labels"/>.</remarks>
public sealed record TrainRegressorInput(
    string Task, string Labels, string Preset, long Seed, string Model,
    string? Supernet = null, string? Dataset = null, int? Architectures = null);

/// <summary>Labelled architectures.</summary>
/// <param name="Source">Who labelled them, in words.</param>
/// <param name="Items">Architecture and label.</param>
public sealed record LabelSet(string Source, IReadOnlyList<LabelledArchitecture> Items);

/// <summary>One label.</summary>
/// <param name="Architecture">What was labelled.</param>
/// <param name="Quality">The label, higher is better: BLEU by a language model, or minus the validation loss in bits by a supernet. Its
/// field is called "bleu", which is older than the second of them.</param>
public sealed record LabelledArchitecture(Architecture Architecture, [property: JsonPropertyName("bleu")] double Quality);

/// <summary>Result of <see cref="JobKinds.TrainRegressor"/>.</summary>
/// <param name="Model">Blob of the model.</param>
/// <param name="Steps">Updates done.</param>
/// <param name="FitRmse">Root mean square error against the labels it was fitted to, in BLEU.</param>
/// <param name="HeldOutRmse">The same on a held-out tenth.</param>
public sealed record TrainRegressorResult(string Model, int Steps, double FitRmse, double HeldOutRmse);

/// <summary>Input of <see cref="JobKinds.MeasureLatency"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Architectures">What to measure.</param>
/// <param name="Runs">Timed calls of each side (docs/method.md, "Latency predictor").</param>
/// <param name="Beam">Decoder rows.</param>
/// <param name="Passes">Passes over all architectures; the middle one of all calls counts.</param>
/// <param name="Purpose">What it is for, in words; measurements of different purpose do not answer each other.</param>
public sealed record MeasureLatencyInput(
    string Task, IReadOnlyList<Architecture> Architectures, int Runs, int Beam, int Passes, string Purpose)
{
    /// <summary>What to measure in: one of <see cref="LatencyRuntimes"/>; null for torch, as older jobs have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Runtime { get; init; }
}

/// <summary>One measured architecture; milliseconds at one pace of the device (docs/method.md, "Latency predictor").</summary>
/// <param name="EncoderMean">What the encoder takes: the median of all timed calls (a trimmed mean in results of earlier versions).</param>
/// <param name="DecoderMean">What a whole decoding takes, likewise.</param>
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

    /// <summary>The same on a device that takes so many times as long.</summary>
    public LatencyMeasurement Times(double factor) => new(
        EncoderMean * factor, DecoderMean * factor, EncoderDeviation * factor, DecoderDeviation * factor, P50 * factor, P95 * factor);
}

/// <summary>Result of <see cref="JobKinds.MeasureLatency"/>.</summary>
/// <param name="Device">Fingerprint of the device.</param>
/// <param name="Measurements">In the order asked.</param>
public sealed record MeasureLatencyResult(string Device, IReadOnlyList<LatencyMeasurement> Measurements)
{
    /// <summary>
    /// Milliseconds of the fixed work (the task's smallest architecture, on one sentence) at the pace that measurements are given
    /// at: the fastest seen. Null in results of earlier versions.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PaceMs { get; init; }

    /// <summary>Milliseconds that the fixed work really took meanwhile (median); null likewise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SeenPaceMs { get; init; }

    /// <summary>Share of the pace in <see cref="PaceMs"/> at which the device worked while it was measured; null likewise.</summary>
    [JsonIgnore]
    public double? PaceShare => PaceMs / SeenPaceMs;

    /// <summary>The same measurements at another pace, where it is one of this device and both are known; unchanged otherwise.</summary>
    /// <param name="device">Fingerprint of the device whose pace it is.</param>
    /// <param name="paceMs">Milliseconds that the fixed work takes then; above 0.</param>
    public MeasureLatencyResult At(string? device, double? paceMs) => device != Device || paceMs / PaceMs is not { } factor
        ? this : this with { PaceMs = paceMs, Measurements = [.. Measurements.Select(m => m.Times(factor))] };
}

/// <summary>Input of <see cref="JobKinds.TrainFromScratch"/>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Hash of its data set.</param>
/// <param name="Architecture">What to train.</param>
/// <param name="Steps">Updates.</param>
/// <param name="Warmup">Warm-up updates.</param>
/// <param name="Seed">Seeds weights, batches and dropout.</param>
/// <param name="Accumulate">Batches whose gradients make one update; one where null.</param>
/// <param name="Precision">"fp32", "fp16" or "bf16"; fp32 where null.</param>
/// <param name="Keep">Which weights are kept; the last ones where null.</param>
/// <param name="DistilText">A teacher's translations to train on; the references where null.</param>
public sealed record TrainFromScratchInput(
    string Task, string Dataset, Architecture Architecture, int Steps, int Warmup, long Seed,
    int? Accumulate = null, string? Precision = null, CheckpointChoice? Keep = null, DistilledText? DistilText = null)
{
    /// <summary>The training that a task's own recipe asks for.</summary>
    public static TrainFromScratchInput Of(TaskDefinition task, string dataset, Architecture architecture, long seed)
    {
        ArgumentNullException.ThrowIfNull(task);
        var recipe = task.Training ?? throw new ArgumentException($"{task.Name} has no training recipe.", nameof(task));
        return new TrainFromScratchInput(task.Name, dataset, architecture, recipe.ScratchSteps, recipe.ScratchWarmup, seed,
            recipe.Accumulate > 1 ? recipe.Accumulate : null, recipe.Precision == TrainingRecipe.Fp32 ? null : recipe.Precision);
    }
}

/// <summary>Result of <see cref="JobKinds.TrainFromScratch"/>.</summary>
/// <param name="ValidLossBits">Validation loss, whole set, bits per token.</param>
/// <param name="ValidBleu">BLEU on the validation part, beam 4.</param>
/// <param name="TestBleu">BLEU on the test part, beam 4.</param>
/// <param name="Seconds">Seconds in updates.</param>
/// <param name="Tokens">Target tokens trained on.</param>
/// <param name="Checkpoint">Blob of the weights.</param>
/// <param name="BleuSignature">What the two BLEU scores are, in SacreBLEU's terms; null in results of earlier versions.</param>
/// <param name="ValidBleuCompoundSplit">Tokenised, compound-split BLEU on the validation part.</param>
/// <param name="TestBleuCompoundSplit">Tokenised, compound-split BLEU on the test part.</param>
/// <param name="Export">Blob of the exported model's configuration; weights and vocabulary lie beside it.</param>
/// <param name="Kept">Which weights were kept; null where the last ones were asked for.</param>
public sealed record TrainFromScratchResult(
    double ValidLossBits, double ValidBleu, double TestBleu, double Seconds, long Tokens, string Checkpoint,
    string? BleuSignature = null, double? ValidBleuCompoundSplit = null, double? TestBleuCompoundSplit = null, string? Export = null,
    KeptWeights? Kept = null);

/// <summary>
/// Input of <see cref="JobKinds.Evaluate"/>: what a supernet says about architectures whose trained BLEU is known (Table 1).
/// </summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Hash of its data set.</param>
/// <param name="Checkpoint">Blob of the supernet's weights.</param>
/// <param name="Architectures">What to evaluate.</param>
public sealed record EvaluateInput(string Task, string Dataset, string Checkpoint, IReadOnlyList<Architecture> Architectures);

/// <summary>Result of <see cref="JobKinds.Evaluate"/>, in the order asked.</summary>
/// <param name="LossBits">Validation loss on the sentences that score candidates, bits per token.</param>
/// <param name="ValidBleu">BLEU on the whole validation part, beam 4.</param>
/// <param name="LossCpuSeconds">Processor time of the losses, one architecture at a time.</param>
/// <param name="BleuCpuSeconds">Processor time of the translations.</param>
public sealed record EvaluateResult(
    IReadOnlyList<double> LossBits, IReadOnlyList<double> ValidBleu, double LossCpuSeconds, double BleuCpuSeconds);

using HsNas.Kernel.Validation;

namespace HsNas.Functions.Hosting;

/// <summary>Settings of the pipeline, from configuration section "Pipeline".</summary>
public sealed record PipelineOptions
{
    /// <summary>Score jobs a generation is split into: as many as there are workers.</summary>
    public int ScoreJobs { get; init; } = 2;

    /// <summary>Architectures measured for a device's latency predictor (HAT: 2,000).</summary>
    public int LatencyArchitectures { get; init; } = 2000;

    /// <summary>Timed calls of each side for the latency data set.</summary>
    public int LatencyRuns { get; init; } = 20;

    /// <summary>Passes over the data set; the middle one of all calls counts (HAT: 1).</summary>
    public int LatencyPasses { get; init; } = 3;

    /// <summary>Timed calls of each side when finalists are verified (HAT: 50 in search, 300 alone).</summary>
    public int VerificationRuns { get; init; } = 50;

    /// <summary>Passes over the finalists; the middle one of all calls counts, so a busy moment of the device spoils no figure.</summary>
    public int VerificationPasses { get; init; } = 3;

    /// <summary>Rows of the decoder while timed (HAT: 5).</summary>
    public int LatencyBeam { get; init; } = 5;

    /// <summary>Seed of supernets, label pools and distillations.</summary>
    public long Seed { get; init; } = 123;

    /// <summary>Seed of trainings from scratch; the seed architectures were trained with 1.</summary>
    public long TrainingSeed { get; init; } = 1;

    /// <summary>
    /// How long finished instances stay in the task hub, at least an hour: so long the status of a search can be asked for. Results,
    /// reports and bought labels are blobs, and stay.
    /// </summary>
    public TimeSpan KeepInstances { get; init; } = TimeSpan.FromDays(30);

    /// <summary>These options.</summary>
    /// <exception cref="OptionException">One lies outside its range.</exception>
    public PipelineOptions Validated()
    {
        OptionException.ThrowUnless(
            KeepInstances >= TimeSpan.FromHours(1), $"Pipeline:{nameof(KeepInstances)}", KeepInstances, "01:00:00 or more");
        return this;
    }
}

using HsNas.Simulation.Parts;

namespace HsNas.Simulation.Devices;

/// <summary>
/// Seconds of a WMT'14 En-De search's parts on a device. Fixed parts of a batch and rates are fitted to two batch sizes each that
/// <c>tests/Benchmarks device cuda wmt14-en-de</c> measured on an H100; a fixed part is the processor's, which launches the kernels,
/// and stays what it is on another GPU.
/// </summary>
internal static class WmtWork
{
    private const double Updates = 40_000;
    private const double TokensPerUpdate = 128 * 4_096;

    // bf16: the largest architecture's batch of 4,096 tokens took 78 ms for 2.33 TFLOP, one of 16,384 tokens 110 ms for 9.05 TFLOP.
    private const double BatchFixed = 0.0675;
    private const double TrainingRate = 214e12;
    private const double FlopsPerToken = 4.45e12 / 16_384;
    private const double LargestFlopsPerToken = 9.05e12 / 16_384;

    // fp32, 3,000 sentences of validation text, random architectures; about half of it is launches.
    private const double ScoringFixed = 0.2;
    private const double ScoringRest = 0.19;

    // Between the smallest and the largest architecture, beam 5, 30 words: launches alone.
    private const double Latency = 0.065;
    private const double LatencyRuns = 20;
    private const double LatencyArchitectures = 2_000;

    /// <summary>Slots of a search: 30 generations of 125.</summary>
    public const double Slots = 3_750;

    /// <summary>Seconds to train the supernet.</summary>
    public static double Supernet(GpuDevice device) => Training(device, FlopsPerToken);

    /// <summary>Seconds to train a winner, taken as the largest architecture.</summary>
    public static double Winner(GpuDevice device) => Training(device, LargestFlopsPerToken);

    /// <summary>Seconds to measure the architectures that a latency predictor learns from.</summary>
    public static double Latencies => LatencyArchitectures * LatencyRuns * Latency;

    /// <summary>Seconds of one scoring of 3,000 sentences.</summary>
    public static double Score(GpuDevice device) => ScoringFixed + (ScoringRest / device.Scoring);

    /// <summary>A search with a share of its slots scored, 0 to 1, in <paramref name="jobs"/> jobs.</summary>
    public static Workload Search(GpuDevice device, double share = 0.04, int jobs = 30) => new()
    {
        Supernet = Supernet(device),
        Latencies = Latencies,
        ScoringJobs = jobs,
        Scoring = share * Slots * Score(device) / jobs,
        Verification = 10 * Score(device),
        Winner = Winner(device),
    };

    private static double Training(GpuDevice device, double flopsPerToken)
    {
        var batches = Updates * TokensPerUpdate / device.BatchTokens;
        return batches * (BatchFixed + (flopsPerToken * device.BatchTokens / (TrainingRate * device.Training)));
    }
}

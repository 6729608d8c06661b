namespace HsNas.Contracts.Jobs;

/// <summary>
/// What the worker's <c>probe-training</c> command writes: what work on a task costs on this machine, in wall-clock seconds of one
/// worker.
/// </summary>
/// <param name="UpdateSeconds">An update, mean over designed seed architectures.</param>
/// <param name="LargestUpdateSeconds">An update of the largest architecture.</param>
/// <param name="ValidationSeconds">Loss of one architecture on the whole validation text.</param>
/// <param name="ScoringSeconds">Loss of one architecture on the sentences that score candidates.</param>
/// <param name="SentenceSeconds">Translating one validation sentence by beam search.</param>
/// <param name="LoadSeconds">Reading the data set and making a model.</param>
/// <param name="FixedWorkSeconds">Work that is the same on every machine; says how fast this one is now.</param>
/// <param name="FastestMs">Latency of the smallest architecture.</param>
/// <param name="MeanMs">Mean latency of designed seed architectures.</param>
/// <param name="SlowestMs">Latency of the largest architecture.</param>
public sealed record TrainingProbe(
    double UpdateSeconds, double LargestUpdateSeconds, double ValidationSeconds, double ScoringSeconds, double SentenceSeconds,
    double LoadSeconds, double FixedWorkSeconds, double FastestMs, double MeanMs, double SlowestMs)
{
    /// <summary>
    /// One answer out of those of processes that measured side by side: means, since that is how they will work; of latencies the
    /// least, since other work only ever slows a device.
    /// </summary>
    public static TrainingProbe Merge(IReadOnlyCollection<TrainingProbe> probes) => new(
        probes.Average(p => p.UpdateSeconds), probes.Average(p => p.LargestUpdateSeconds), probes.Average(p => p.ValidationSeconds),
        probes.Average(p => p.ScoringSeconds), probes.Average(p => p.SentenceSeconds), probes.Average(p => p.LoadSeconds),
        probes.Average(p => p.FixedWorkSeconds), probes.Min(p => p.FastestMs), probes.Min(p => p.MeanMs), probes.Min(p => p.SlowestMs));
}

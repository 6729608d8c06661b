namespace HsNas.Simulation.Parts;

/// <summary>What a simulation came to.</summary>
/// <param name="Hours">From the first request until everything was over.</param>
/// <param name="MedianHours">Median duration of a search.</param>
/// <param name="SlowHours">Duration that 95 of 100 searches do not pass.</param>
/// <param name="SlowWait">Seconds in the worker queue that 95 of 100 jobs do not pass.</param>
/// <param name="DollarsPerSearch">Workers, tokens and requests to storage, divided by the searches.</param>
/// <param name="PaidHours">Worker hours paid.</param>
/// <param name="Loads">How much of each part was used, 0 to 1, the most used first.</param>
/// <param name="Refused">Questions that the language model refused.</param>
/// <param name="Losses">Workers lost at work.</param>
internal sealed record SimulationReport(
    double Hours, double MedianHours, double SlowHours, double SlowWait, double DollarsPerSearch, double PaidHours,
    IReadOnlyList<(string Part, double Share)> Loads, long Refused, int Losses)
{
    private const double Hour = 3600;

    /// <summary>Of a simulation that ended at second <paramref name="end"/>.</summary>
    public static SimulationReport Of(
        Deployment deployment, Workload workload, double[] durations, double end, FunctionApp app, WorkerPool workers, LanguageModel model)
    {
        var dollars = (workers.Paid / Hour * deployment.WorkerPrice) + (model.Tokens / 1e6 * deployment.TokenPrice)
            + (app.Requests / 1e4 * deployment.StoragePrice);
        (string, double)[] loads =
        [
            ("workers", workers.Worked / (deployment.Workers * end)),
            ("language model", model.Tokens / (deployment.TokensPerMinute * end / 60)),
            ("busiest partition", app.BusiestPartition / end),
            ("activities", app.Activities.Busy / (deployment.Instances * deployment.ActivitiesPerInstance * end)),
        ];
        return new SimulationReport(
            end / Hour, Quantile(durations, 0.5) / Hour, Quantile(durations, 0.95) / Hour, Quantile(workers.Waits, 0.95),
            dollars / workload.Searches, workers.Paid / Hour, [.. loads.OrderByDescending(l => l.Item2)], model.Refused, workers.Losses);
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }
}

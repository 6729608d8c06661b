using HsNas.Simulation.Devices;
using HsNas.Simulation.Parts;

namespace HsNas.Simulation.Commands;

/// <summary>The simulations of docs/scale.md. Winners are not trained in them: that is the same for every search method.</summary>
internal static class ScaleCases
{
    private static readonly Deployment Base = new() { HubPolling = 1, WorkerPrice = GpuDevice.A100.Price };
    private static readonly Workload Work = WmtWork.Search(GpuDevice.A100) with { Winner = 0, Hours = 24 };

    // The supernet is there already: a search then is minutes of a worker, and what is between its jobs shows.
    private static readonly Workload Ready = Work with { Supernet = 0, Latencies = 0 };

    /// <summary>
    /// <c>./hsnas load</c> on a machine with two processors: its searches and tasks, with the processor seconds of a task and of a search
    /// that runs of 5 and of 20 searches gave. A run of 100 checks the simulation.
    /// </summary>
    public static (Deployment Deployment, Workload Work) Load(int searches) =>
        (new Deployment
        {
            OneMachine = 2, Workers = 2, WorkerStart = 3, ScalePolling = 1, WorkerIdle = 600, AppStart = 2, Turn = 0.02, HubPolling = 0.5,
            ReplyPolling = 0.5, Storage = 0.004, Answer = 0.01, WorkerPrice = 0, TokenPrice = 0, StoragePrice = 0,
            TokensPerMinute = 1e9, RequestsPerMinute = 1e9,
        },
        new Workload
        {
            Searches = searches, Tasks = 4, Labels = 60, Distillation = 7, Supernet = 10, DistilledGenerations = 6,
            DistilledGeneration = 0.15, ScoringJobs = 6, Scoring = 0.17,
        });

    /// <summary>Label, deployment, workload.</summary>
    public static IEnumerable<(string Label, Deployment Deployment, Workload Work)> All
    {
        get
        {
            foreach (var searches in new[] { 1, 10, 100, 1_000, 10_000 })
                yield return ("supernet there", Base with { Workers = 4 }, Ready with { Searches = searches });
            foreach (var workers in new[] { 16, 64 })
                yield return ("supernet there", Base with { Workers = workers }, Ready with { Searches = 10_000 });
            yield return ("hub polls every 30 s", Base with { HubPolling = 30 }, Ready with { Searches = 10 });
            yield return ("scored in full", Base, Ready with { Searches = 1_000, Scoring = 8 * Ready.Scoring });
            yield return ("100 tasks, labels bought", Base with { Workers = 64 }, Ready with { Searches = 10_000, Tasks = 100 });
            yield return ("the same, 200,000 tokens/min", Base with { Workers = 64, TokensPerMinute = 200_000 },
                Ready with { Searches = 10_000, Tasks = 100 });
            yield return ("supernets trained, 10 tasks", Base with { Workers = 16 }, Work with { Searches = 100, Tasks = 10 });
            yield return ("the same, spot, a loss in 4 h",
                Base with { Workers = 16, SpotLossesPerHour = 0.25, WorkerPrice = GpuDevice.A100.SpotPrice },
                Work with { Searches = 100, Tasks = 10 });
            yield return ("at once, 16 partitions", Base with { Workers = 1_000, Partitions = 16 },
                Ready with { Searches = 10_000, Hours = 0 });
            yield return ("at once, 4 partitions", Base with { Workers = 1_000 }, Ready with { Searches = 10_000, Hours = 0 });
        }
    }
}

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
            yield return ("scored in full", Base, WmtWork.Search(GpuDevice.A100, share: 0.32) with { Searches = 1_000, Hours = 24, Winner = 0, Supernet = 0, Latencies = 0 });
            yield return ("100 tasks, labels bought", Base with { Workers = 64 }, Ready with { Searches = 10_000, Tasks = 100 });
            yield return ("the same, 200,000 tokens/min", Base with { Workers = 64, TokensPerMinute = 200_000 },
                Ready with { Searches = 10_000, Tasks = 100 });
            yield return ("supernets trained, 10 tasks", Base with { Workers = 16 }, Work with { Searches = 100, Tasks = 10 });
            yield return ("the same, spot, a loss in 4 h",
                Base with { Workers = 16, SpotLossesPerHour = 0.25, WorkerPrice = GpuDevice.A100.SpotPrice }, Work with { Searches = 100, Tasks = 10 });
            yield return ("at once, 16 partitions", Base with { Workers = 1_000, Partitions = 16 }, Ready with { Searches = 10_000, Hours = 0 });
            yield return ("at once, 4 partitions", Base with { Workers = 1_000 }, Ready with { Searches = 10_000, Hours = 0 });
        }
    }
}

using HsNas.Contracts.Jobs;
using HsNas.Functions.Hosting;
using HsNas.Spaces;

namespace HsNas.Functions.Tests.Schemas;

/// <summary>Samples of forms that no story leaves behind.</summary>
internal static class MadeUpSamples
{
    private const string Task = "tiny-en-de";

    private static readonly TaskDefinition Definition = TaskCatalog.Get(Task);

    /// <summary>By name.</summary>
    public static IReadOnlyList<(string Name, object Value)> All { get; } =
    [
        ("messages/worker-reply", new WorkerReply(
            new string('a', 32), new string('0', 32), $"00-{new string('1', 32)}-{new string('2', 16)}-01")),
        ("messages/job-progress", new JobProgress(400, 2000, "steps", "loss 5.2 bits")),
        ("messages/job-take", new JobTake(new DateTimeOffset(2026, 11, 27, 8, 30, 0, TimeSpan.Zero), Delivery: 2)),
        ("messages/evaluate-input", new EvaluateInput(
            Task, "hash", "checkpoints/supernet-0.bin", new ArchitectureSampler(Definition.Space, 1).Distinct(2, []))),
        ("messages/evaluate-result", new EvaluateResult([4.5, 4.75], [20.5, 21.25], 1.5, 12.25)),
        ("blobs/task-definition", Definition),
        ("answers/health-status", new HealthStatus("ok")),
    ];

    /// <summary>Requests, by the route of their sample in samples/http.</summary>
    public static IReadOnlyList<(string Name, string Route)> Requests { get; } =
    [
        ("requests/search-request", "POST /api/searches"),
        ("requests/sweep-request", "POST /api/sweeps"),
        ("requests/sweep-rows-request", "POST /api/sweeps/{id}/rows"),
        ("requests/redistillation-request", "POST /api/predictors/{task}/redistil"),
        ("requests/selection-request", "POST /api/predictors/{task}/select"),
    ];
}

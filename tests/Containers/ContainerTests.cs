using System.Diagnostics;
using System.Globalization;
using HsNas.Containers.Tests.Compose;
using HsNas.Containers.Tests.Engine;
using HsNas.Containers.Tests.Support;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Trials;

namespace HsNas.Containers.Tests;

/// <summary>What the containers of compose.yaml do.</summary>
[Collection(ContainerCollection.Name)]
public sealed class ContainerTests(RunningContainers running)
{
    private const StringComparison Plain = StringComparison.Ordinal;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    [EngineFact]
    public async Task A_search_ends_through_containers_when_the_worker_that_works_for_it_is_killed()
    {
        var id = await running.Searches.StartAsync(SystemSearches.Request(MicroTask.Plain.Name));
        await running.Searches.UntilAsync(
            id, s => SystemSearches.Stage(s, SearchStages.Supernet) is { State: StageState.Running, Done: > 0 });
        var worker = await WorkerOfAsync(JobKinds.TrainSupernet);
        var before = (await worker.InspectAsync(running.Podman)).GetProperty("State").GetProperty("Pid").GetInt32();

        using (var process = Process.GetProcessById(before)) process.Kill();

        var result = await running.Searches.ResultAsync(id);
        Assert.True(result.Requested.SupernetScorings > 0);
        Assert.InRange(result.Requested.Training!.TestBleu, 0, 100);
        var replaced = await worker.InspectAsync(running.Podman);
        Assert.True(replaced.GetProperty("State").GetProperty("Running").GetBoolean());
        Assert.NotEqual(before, replaced.GetProperty("State").GetProperty("Pid").GetInt32());
    }

    [EngineFact]
    public async Task A_worker_that_is_told_to_end_gives_its_job_back_within_30_seconds()
    {
        // Nothing but the worker's own word could make the message visible that soon.
        var patient = running.ComposeWith("HSNAS_WORKER_VISIBILITY", "00:05:00").Services["worker"];
        patient.Deploy.Replicas = 1;
        await running.Stack.RemoveServiceAsync("worker");
        await running.Stack.StartServiceAsync("worker", patient);
        var id = await running.Searches.StartAsync(SystemSearches.Request(MicroTask.Endless.Name));
        await running.Searches.UntilAsync(
            id, s => SystemSearches.Stage(s, SearchStages.Supernet) is { State: StageState.Running, Done: > 20 });
        var worker = await WorkerOfAsync(JobKinds.TrainSupernet);
        Assert.False(await IsVisibleAsync(JobKinds.TrainSupernet));

        var start = Stopwatch.GetTimestamp();
        await running.Podman.RunAsync("stop", worker.Name);

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Grace);
        Assert.Equal(0, (await worker.InspectAsync(running.Podman)).GetProperty("State").GetProperty("ExitCode").GetInt32());
        while (!await IsVisibleAsync(JobKinds.TrainSupernet))
        {
            Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Grace);
            await Task.Delay(100);
        }

        using var cancelled = await running.Http.PostAsync(new Uri($"/api/searches/{id}/cancel", UriKind.Relative), null);
        await running.Searches.EndAsync(id);
        await running.Stack.RemoveServiceAsync("worker");
        await running.Stack.StartServiceAsync("worker", running.Compose.Services["worker"]);
    }

    [EngineFact]
    public async Task Every_program_runs_as_a_user_who_can_neither_gain_rights_nor_change_what_runs()
    {
        foreach (var service in new[] { "model", "functions", "worker" })
        {
            var process = (await running.Stack.Of(service)[0].InspectAsync(running.Podman)).GetProperty("State").GetProperty("Pid");
            var lines = File.ReadLines($"/proc/{process.GetInt32()}/status").Where(l => l.Contains(':', Plain))
                .ToDictionary(l => l.Split(':')[0], l => l.Split(':')[1].Trim(), StringComparer.Ordinal);
            Assert.Equal("10001\t10001\t10001\t10001", lines["Uid"]);
            Assert.Equal("1", lines["NoNewPrivs"]);
            foreach (var set in new[] { "CapEff", "CapPrm", "CapBnd" })
                Assert.Equal(0UL, ulong.Parse(lines[set], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            foreach (var place in new[] { "/app/new", "/etc/new", "/home/hsnas/new" })
                Assert.False(await CanWriteAsync(running.Compose.Services[service], place), $"{service} can write {place}.");
            Assert.True(await CanWriteAsync(running.Compose.Services[service], "/tmp/new"));
        }
    }

    [EngineFact]
    public async Task The_dashboard_is_served()
    {
        var page = await running.Http.GetStringAsync(new Uri("/api/ui", UriKind.Relative));
        Assert.Contains("<html", page, StringComparison.OrdinalIgnoreCase);
        using var health = await running.Http.GetAsync(new Uri("/api/health", UriKind.Relative));
        Assert.True(health.IsSuccessStatusCode);
    }

    // In a container of its own, confined alike: on a machine in a chroot podman cannot run a command in a running one.
    private async Task<bool> CanWriteAsync(ComposeService service, string place)
    {
        string[] others = ["--publish", "--volume", "--restart"];
        var options = ServiceRun.Options(service).Where(o => !others.Any(p => o.StartsWith(p, Plain)));
        var (code, _, _) = await running.Podman.TryAsync(
            ["run", "--rm", "--pull=never", "--network=none", .. options, "--entrypoint", "touch", service.Image, place]);
        return code == 0;
    }

    // Other jobs of the search wait in the queue too.
    private async Task<bool> IsVisibleAsync(string kind)
    {
        var waiting = await running.Queues.GetQueueClient(BlobLayout.JobQueue).PeekMessagesAsync(maxMessages: 32);
        return waiting.Value.Any(m => WorkerJob.Parse(m.Body.ToString()).Kind == kind);
    }

    private async Task<Container> WorkerOfAsync(string kind)
    {
        foreach (var worker in running.Stack.Of("worker"))
        {
            var log = await worker.LogAsync(running.Podman);
            var (begun, ended) = (log.LastIndexOf($"({kind}) starts", Plain), log.LastIndexOf($"({kind}) ended", Plain));
            if (begun > ended) return worker;
        }

        throw new InvalidOperationException($"No worker says that it works on {kind}.\n{await running.Stack.LogsAsync()}");
    }
}

using System.Text;
using System.Text.Json;
using HsNas.Client;
using HsNas.Contracts;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Translation;

namespace HsNas.Functions.Tests.Sweeps;

/// <summary>A user of sweeps of tiny-en-de by plain supernet searches that are over in a moment.</summary>
internal sealed class SweepDriver(FunctionApp app) : IDisposable
{
    /// <summary>Searches of few generations, with nothing to train at their end.</summary>
    public const string Search = """
        { "task": "tiny-en-de", "window": { "start": -1, "end": -1 }, "trainWinner": false,
          "evolution": { "iterations": 3, "population": 12, "parents": 4, "mutations": 4, "crossovers": 4 } }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Its requests.</summary>
    public SweepClient Client { get; } = new(app.Http);

    /// <summary>An app that measures few latencies, with the task's text.</summary>
    public static async Task<FunctionApp> StartAppAsync(string connection)
    {
        const string task = "tiny-en-de";
        var app = await FunctionApp.StartAsync(connection, ("Pipeline:LatencyArchitectures", "30"));
        await app.Store.WriteJsonAsync(BlobLayout.CurrentDataset(task), new DatasetManifest(task, "hash", "made up", 100, 1, 1, 1));
        return app;
    }

    /// <summary>Starts a sweep of <see cref="Search"/>; its id.</summary>
    public async Task<string> SubmitAsync(string grid, int parallel = 2, string? key = null)
    {
        var request = $$"""{ "search": {{Search}}, "grid": {{grid}}, "parallel": {{parallel}} }""";
        return (await Client.SubmitAsync(Encoding.UTF8.GetBytes(request), key, default)).Id;
    }

    /// <summary>Adds rows.</summary>
    public Task AddAsync(string id, string grid) => Client.AddAsync(id, Encoding.UTF8.GetBytes($$"""{ "grid": {{grid}} }"""), default);

    /// <summary>The status, once it is as wanted.</summary>
    public async Task<SweepStatus> UntilAsync(string id, Predicate<SweepStatus> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var status = await Client.StatusAsync(id, default);
            if (wanted(status)) return status;
            Assert.False(status.Status == "Failed", status.Error);
            Assert.False(patience.IsCancellationRequested, JsonSerializer.Serialize(status, Json.Options));
            await Task.Delay(20);
        }
    }

    /// <summary>The table without what the sweep's id decides, nor what is measured.</summary>
    public async Task<string> TableAsync(string id, string format)
    {
        var table = Encoding.UTF8.GetString(await Client.TableAsync(id, format, withMeasured: false, default));
        var status = await Client.StatusAsync(id, default);
        return status.Rows.Select((r, i) => (r.Search, Name: $"row {i}")).Append((Search: id, Name: "sweep"))
            .Aggregate(table, (text, name) => text.Replace(name.Search, name.Name, StringComparison.Ordinal));
    }

    /// <summary>The outcomes of a sweep, as their blobs are named.</summary>
    public async Task<IReadOnlyList<string>> OutcomesAsync(string id)
    {
        var names = new List<string>();
        await foreach (var name in app.Store.ListAsync(BlobLayout.Sweeps, BlobLayout.SweepOutcomes(id))) names.Add(name);
        return names;
    }

    public void Dispose() => Client.Dispose();
}

using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Predictors.Latency;
using HsNas.Spaces;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace HsNas.Functions.Tests.Searches;

/// <summary>Predicted and measured latencies of a search are given at one pace of the device.</summary>
public sealed class LatencyPaceTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly SearchRequest Request = PreparedSearch.Request(iterations: 2) with { Window = HybridSchedule.Never };

    [Fact]
    public async Task The_pace_of_a_measured_data_set_is_kept_with_the_predictor()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, settings: ("Pipeline:LatencyArchitectures", "30"));
        var search = await PreparedSearch.CreateAsync(app, Request with { Device = "paced" });
        var job = await RunAsync<SubmitLatencyActivity, JobRef>(app, a => a.RunAsync(search.Input, Mock.Of<FunctionContext>()));
        var asked = await app.Store.ReadJsonAsync<MeasureLatencyInput>(BlobLayout.JobInput(job.JobId));
        var measured = new MeasureLatencyResult(
            "cpu-here", [.. asked.Architectures.Select(a => new LatencyMeasurement(1, a.DecoderLayers, 0, 0, 3, 3))])
        {
            PaceMs = 2.5, SeenPaceMs = 4,
        };
        await app.Store.WriteJsonAsync(BlobLayout.JobOutput(job.JobId), new JobResult(
            job.JobId, job.Kind, JsonSerializer.SerializeToElement(measured, Json.Options), null, 1, "made up"));

        await RunAsync<FitLatencyActivity, double>(
            app, a => a.RunAsync(new FitLatencyInput(search.Input.SearchId, job), Mock.Of<FunctionContext>()));

        var stored = await app.Store.ReadAsync(BlobLayout.LatencyModel("paced", Request.Task));
        Assert.Equal(2.5, LatencyPredictor.Load(new MemoryStream(stored)).PaceMs);
    }

    [Theory]
    [InlineData("made up", 3.0, 4.5, 0.75)]
    [InlineData("made up", null, 3.0, 0.5)]
    [InlineData("another", 3.0, 3.0, 0.5)]
    public async Task Finalists_are_judged_at_the_pace_of_the_predictor(string device, double? paceMs, double totalMs, double share)
    {
        var name = $"judged-{device.Length}-{paceMs is null}";
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app);
        var records = new ArchitectureSampler(TaskCatalog.Get(Request.Task).Space, 1).Distinct(30)
            .Select(a => LatencyRecord.Of(a, 1, a.DecoderLayers, 0, 0)).ToList();
        using var bytes = new MemoryStream();
        LatencyPredictor.Fit(device, records, seed: 1).MeasuredAt(paceMs).Save(bytes);
        await app.Store.WriteAsync(BlobLayout.LatencyModel(name, Request.Task), bytes.ToArray());
        var search = await PreparedSearch.CreateAsync(app, Request with { Device = name });
        var finalists = await search.RunAsync();

        var measured = await MadeUpVerification.MeasureAsync(app, search.Input.SearchId, finalists.Architectures.Count, paceMs: 2);
        await MadeUpVerification.ReportAsync(app, search.Input, measured);

        var result = await app.Store.ReadJsonAsync<SearchResult>(BlobLayout.ResultFile(search.Input.SearchId));
        Assert.All(result.Requested.Finalists, f => Assert.Equal(totalMs, f.Measured!.TotalMean, 9));
        Assert.Equal(share, result.DevicePaceShare!.Value, 9);
    }

    private static Task<TOut> RunAsync<TActivity, TOut>(FunctionApp app, Func<TActivity, Task<TOut>> run) =>
        run(ActivatorUtilities.CreateInstance<TActivity>(app.Services));
}

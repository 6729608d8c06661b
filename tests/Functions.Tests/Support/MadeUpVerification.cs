using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Verification;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace HsNas.Functions.Tests.Support;

/// <summary>Finalists whose measurement a test makes up: 1 ms in the encoder and 2 ms in the decoder.</summary>
internal static class MadeUpVerification
{
    /// <summary>Stores the finished measurement of so many finalists of a search, while the device was twice as slow as its pace.</summary>
    public static async Task<JobRef> MeasureAsync(FunctionApp app, string searchId, int finalists, double? paceMs = null)
    {
        var job = new JobRef($"measured-{searchId}", JobKinds.MeasureLatency);
        var measured = new MeasureLatencyResult(
            "made up", [.. Enumerable.Range(0, finalists).Select(_ => new LatencyMeasurement(1, 2, 0.1, 0.1, 3, 3))])
        {
            PaceMs = paceMs, SeenPaceMs = 2 * paceMs,
        };
        await app.Store.WriteJsonAsync(BlobLayout.JobOutput(job.JobId), new JobResult(
            job.JobId, job.Kind, JsonSerializer.SerializeToElement(measured, Json.Options), null, 1, "made up"));
        return job;
    }

    /// <summary>Writes the report of the requested run, whose finalists were measured and whose winner was not trained.</summary>
    public static async Task ReportAsync(FunctionApp app, SearchInput search, JobRef verification)
    {
        var run = new VerifiedRun(RunKind.Requested, RunTally.Start, verification, null);
        var input = new ReportInput(search, [run], Trained: false, new Dictionary<string, double>(), Floors: []);
        await ActivatorUtilities.CreateInstance<WriteReportActivity>(app.Services).RunAsync(input, Mock.Of<FunctionContext>());
    }
}

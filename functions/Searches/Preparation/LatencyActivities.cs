using System.Numerics;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>Submits the measurement of a device's latency data set.</summary>
public sealed class SubmitLatencyActivity(TaskStore tasks, SearchFiles files, WorkerJobs jobs, PipelineOptions options)
{
    /// <summary>The submitted job.</summary>
    [Function(nameof(SubmitLatencyActivity))]
    public async Task<JobRef> RunAsync([ActivityTrigger] SearchInput input, FunctionContext context)
    {
        var request = await files.RequestAsync(input.SearchId, context.CancellationToken);
        return await jobs.SubmitAsync(
            JobKinds.MeasureLatency, await InputAsync(request, context.CancellationToken), input.InstanceId, context.CancellationToken);
    }

    private async Task<MeasureLatencyInput> InputAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var task = await tasks.GetAsync(request.Task, cancellationToken);
        // Of a small space half is measured, so that the sampler need not hunt for the last ones.
        var count = (int)BigInteger.Min(options.LatencyArchitectures, SearchSpaceCounts.Of(task.Space).Architectures / 2);
        var architectures = new ArchitectureSampler(task.Space, options.Seed).Distinct(count);
        return new MeasureLatencyInput(
            task.Name, architectures, options.LatencyRuns, options.LatencyBeam, options.LatencyPasses, $"data set of {request.Device}")
        {
            Runtime = request.MeasuredRuntime,
        };
    }
}

/// <summary>Fits the device's latency predictor to the measured data set and stores both.</summary>
public sealed class FitLatencyActivity(SearchFiles files, WorkerJobs jobs, IArtifactStore store, PipelineOptions options)
{
    /// <summary>Held-out mean absolute percentage error.</summary>
    [Function(nameof(FitLatencyActivity))]
    public async Task<double> RunAsync([ActivityTrigger] FitLatencyInput input, FunctionContext context)
    {
        var cancellation = context.CancellationToken;
        var request = await files.RequestAsync(input.SearchId, cancellation);
        var architectures = (await jobs.InputAsync<MeasureLatencyInput>(input.Job, cancellation)).Architectures;
        var (measured, _) = await jobs.ResultAsync<MeasureLatencyResult>(input.Job, cancellation);
        var records = architectures.Zip(measured.Measurements, (a, m) =>
            LatencyRecord.Of(a, m.EncoderMean, m.DecoderMean, m.EncoderDeviation, m.DecoderDeviation)).ToList();
        using var csv = new StringWriter();
        HatLatencyCsv.Write(csv, records);
        await store.WriteTextAsync(BlobLayout.LatencyData(request.LatencyName, request.Task), csv.ToString(), cancellation);
        var predictor = LatencyPredictor.Fit(measured.Device, records, options.Seed, MlpTrainingOptions.Default)
            .MeasuredAt(measured.PaceMs);
        using var model = new MemoryStream();
        predictor.Save(model);
        await store.WriteAsync(BlobLayout.LatencyModel(request.LatencyName, request.Task), model.ToArray(), cancellation);
        return predictor.Score.Mape;
    }
}

/// <summary>Input of <see cref="FitLatencyActivity"/>.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Job">The finished measurement.</param>
public sealed record FitLatencyInput(string SearchId, JobRef Job);

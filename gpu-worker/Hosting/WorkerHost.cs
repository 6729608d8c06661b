using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Storage;
using HsNas.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HsNas.GpuWorker.Hosting;

/// <summary>The worker as a service: settings from environment variables, jobs from the queue.</summary>
internal static class WorkerHost
{
    /// <summary>Runs until stopped; 2 where the device or the storage account is not there.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        var options = builder.Configuration.GetSection("Worker").Get<WorkerOptions>() ?? new WorkerOptions();
        if (!Devices.TryParse(options.Device, out var device, out var problem))
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        var account = new StorageAccount(name => builder.Configuration[name]);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(device);
        builder.Services.AddSingleton(SupernetKinds.BuiltIn);
        builder.Services.AddSingleton(_ => account.CreateBlobs());
        builder.Services.AddSingleton(_ => account.CreateQueues());
        builder.Services.AddSingleton<IArtifactStore, BlobArtifactStore>();
        builder.Services.AddSingleton<IJobHandler, TrainSupernetJobHandler>();
        builder.Services.AddSingleton<IJobHandler, ScoreJobHandler>();
        builder.Services.AddSingleton<IJobHandler, TrainRegressorJobHandler>();
        builder.Services.AddSingleton<IJobHandler, MeasureLatencyJobHandler>();
        builder.Services.AddSingleton<IJobHandler, TrainFromScratchJobHandler>();
        builder.Services.AddSingleton<IJobHandler, EvaluateJobHandler>();
        builder.Services.AddSingleton<IJobHandler, TranslateTextJobHandler>();
        builder.AddTelemetryExport(WorkerTelemetry.Name);
        builder.Services.AddSingleton<JobRunner>();
        builder.Services.AddHostedService<WorkerLoop>();
        await builder.Build().RunAsync();
        return 0;
    }
}

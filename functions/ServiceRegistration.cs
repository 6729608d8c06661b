using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Distillation.Redistillation;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Evolution.Rankers;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Listing;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Searches.Text;
using HsNas.Functions.Searches.Verification;
using HsNas.Functions.Sweeps;
using HsNas.Functions.Sweeps.Files;
using HsNas.Functions.Sweeps.Listing;
using HsNas.Functions.Ui;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Asking;
using HsNas.Llm.Labelling;
using HsNas.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HsNas.Functions;

/// <summary>Everything the functions need, from settings.</summary>
internal static class ServiceRegistration
{
    /// <summary>Registers storage, the language model and the services over them.</summary>
    public static void AddHsNas(this IServiceCollection services, IConfiguration configuration)
    {
        var account = new StorageAccount(name => configuration[name]);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(ConstraintSet.BuiltIn);
        services.AddSingleton(SupernetKinds.BuiltIn);
        services.AddSingleton(_ => account.CreateBlobs());
        services.AddSingleton(_ => account.CreateQueues());
        services.AddSingleton<IArtifactStore, BlobArtifactStore>();
        var llm = LlmOptions.Read(configuration);
        services.AddSingleton(llm);
        services.AddSingleton(
            (configuration.GetSection("Redistillation").Get<RedistillationOptions>() ?? new RedistillationOptions()).Validated(llm));
        services.AddSingleton((configuration.GetSection("Pipeline").Get<PipelineOptions>() ?? new PipelineOptions()).Validated());
        services.AddSingleton((configuration.GetSection("RateLimits").Get<RateLimitOptions>() ?? new RateLimitOptions()).Validated());
        services.AddSingleton<RequestRates>();
        services.AddSingleton<LlmPrices>();
        services.AddSingleton<ChatAsker>();
        services.AddSingleton<ChatLabeller>();
        services.AddSingleton<LabelLedger>();
        services.AddSingleton<BatchApi>();
        services.AddSingleton<BatchLabeller>();
        services.AddSingleton<ProviderBatches>();
        services.AddSingleton<WorkerJobs>();
        services.AddSingleton<TaskStore>();
        services.AddSingleton<FeasibilityService>();
        services.AddSingleton<DistillationMaterial>();
        services.AddSingleton<PredictorStore>();
        services.AddSingleton<PredictorJudge>();
        services.AddSingleton<PredictorSelection>();
        services.AddSingleton<Redistiller>();
        services.AddSingleton<IDistillationOutlook>(s => s.GetRequiredService<Redistiller>());
        services.AddSingleton<TextTeachers>();
        services.AddSingleton<SearchChecks>();
        services.AddSingleton<SearchStarter>();
        services.AddSingleton<DroppedRequests>();
        services.AddSingleton<SearchCanceller>();
        services.AddSingleton<OrphanedJobs>();
        services.AddSingleton<SearchSilence>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<SearchContexts>();
        services.AddSingleton<ScoreBook>();
        // In this order they are asked who ranks a generation: the supernet ranks all that is left.
        services.AddSingleton<IRankerSource, DistilledRankerSource>();
        services.AddSingleton<IRankerSource, SupernetRankerSource>();
        services.AddSingleton<Finalists>();
        services.AddSingleton<JobProgressReader>();
        services.AddSingleton<JobTakes>();
        services.AddSingleton<StageBars>();
        services.AddSingleton<SearchStatusReader>();
        services.AddSingleton<SearchFiles>();
        services.AddSingleton<SweepFiles>();
        services.AddSingleton<SweepChecks>();
        services.AddSingleton<SweepInstances>();
        services.AddSingleton<SweepStarter>();
        services.AddSingleton<SweepStopper>();
        services.AddSingleton<SweepRecorder>();
        services.AddSingleton<SweepStatusReader>();
        services.AddSingleton<HubIndex>();
        services.AddSingleton<SearchLister>();
        services.AddSingleton<SweepLister>();
        services.AddSingleton<Populations>();
        services.AddSingleton<RunRecords>();
        services.AddSingleton<ChampionHistories>();
        services.AddSingleton<SearchPages>();
        services.AddSingleton<SharedLinks>();
        services.AddSingleton<UiSearches>();
    }
}

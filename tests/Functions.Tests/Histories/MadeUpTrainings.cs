using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Functions.Tests.Histories;

/// <summary>Jobs that train, done in a moment: a real but small distilled model, and a winner that is made up.</summary>
internal static class MadeUpTrainings
{
    // Longer than the first wait for a job in the stories' fast time, so that a look finds it unfinished.
    private static readonly TimeSpan WinnerTakes = TimeSpan.FromSeconds(1.5);

    /// <summary>Does a job of these kinds.</summary>
    public static async Task<JsonElement> DoAsync(IArtifactStore store, WorkerJob job)
    {
        if (job.Kind == JobKinds.TrainRegressor)
            return Json(await DistilAsync(store, await store.ReadJsonAsync<TrainRegressorInput>(BlobLayout.JobInput(job.JobId))));
        if (job.Kind == JobKinds.TranslateText) return Json(new TranslateTextResult("datasets/translated", 1, 0, 1));
        if (job.Kind != JobKinds.TrainFromScratch) throw new InvalidOperationException($"No story asks for {job.Kind}.");
        await Task.Delay(WinnerTakes);
        return Json(new TrainFromScratchResult(3, 20, 21, 1, 1000, "checkpoints/winner"));
    }

    private static async Task<TrainRegressorResult> DistilAsync(IArtifactStore store, TrainRegressorInput input)
    {
        var task = TaskCatalog.Get(input.Task);
        var pool = PredictorDistiller.Pool(task, 100, input.Seed);
        var options = MlpTrainingOptions.Default with { Steps = 20 };
        var trained = PredictorDistiller.Train(task, pool, [.. pool.Select(a => 20.0 + a.DecoderLayers)], options);
        using var model = new MemoryStream();
        trained.Model.Save(model);
        await store.WriteAsync(BlobPath.Parse(input.Model), model.ToArray());
        return new TrainRegressorResult(input.Model, options.Steps, 0.5, 0.6);
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, Kernel.Json.Options);
}

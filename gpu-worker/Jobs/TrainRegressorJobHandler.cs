using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Training;
using HsNas.Kernel.Stores;
using HsNas.Predictors.Mlp;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Distils labels, a language model's or a supernet's, into an MLP and stores the model.</summary>
internal sealed class TrainRegressorJobHandler(torch.Device device) : IJobHandler
{
    private const int FewestLabels = 10;

    /// <inheritdoc/>
    public string Kind => JobKinds.TrainRegressor;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = JobInput.Read<TrainRegressorInput>(input);
        var options = request.Preset switch
        {
            "default" => MlpTrainingOptions.Default,
            "paper" => MlpTrainingOptions.Paper,
            _ => throw new JobFailedException($"preset '{request.Preset}' is unknown; allowed: default, paper."),
        } with { Seed = request.Seed };
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        var labels = request.Supernet is null
            ? await job.Store.ReadJsonAsync<LabelSet>(BlobPath.Parse(request.Labels), cancellationToken)
            : await SupernetLabels.CreateAsync(job, request, task, device, cancellationToken);
        if (labels.Items.Count < FewestLabels)
            throw new JobFailedException($"{labels.Items.Count} labels; at least {FewestLabels} are needed.");
        if (labels.Items.FirstOrDefault(l => !double.IsFinite(l.Quality)) is { } bad)
            throw new JobFailedException($"The label of {bad.Architecture.Key} is {bad.Quality}, not a number.");

        var items = labels.Items.Select(l => (l.Architecture, l.Quality)).ToList();
        await job.ReportAsync(0, options.Steps, "steps", null, cancellationToken);
        var fit = new RegressorTrainer(task.Space, options, device).Train(items, null, cancellationToken);
        await job.ReportAsync(options.Steps, options.Steps, "steps", $"fit RMSE {fit.FitRmse:F3}", cancellationToken);
        using var file = new MemoryStream();
        fit.Model.Save(file);
        await job.Store.WriteAsync(BlobPath.Parse(request.Model), file.ToArray(), cancellationToken);
        var heldOut = double.IsNaN(fit.HeldOutRmse) ? fit.FitRmse : fit.HeldOutRmse;
        return new TrainRegressorResult(request.Model, fit.Steps, fit.FitRmse, heldOut);
    }
}

using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using TorchSharp;

namespace HsNas.Benchmarks.Fronts;

/// <summary>HAT's supernet of a task, trained by its recipe on one thread and kept in a folder.</summary>
internal sealed class BenchmarkSupernet : IDisposable
{
    private const int TokensPerBatch = 1500;

    private readonly SuperTransformer _model;
    private readonly ValidationSet _validation;
    private readonly CandidateScorer _scorer;

    private BenchmarkSupernet(SuperTransformer model, ValidationSet validation, double smoothing) =>
        (_model, _validation, _scorer) = (model, validation, new CandidateScorer(model, validation, smoothing));

    public static async Task<BenchmarkSupernet> OpenAsync(IArtifactStore store, TaskDefinition task, string folder)
    {
        torch.set_num_threads(1);
        var data = await TrainingData.LoadAsync(store, task, null, CancellationToken.None);
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, "supernet.bin");
        var recipe = task.Training!;
        var plan = new TrainingPlan(recipe.SupernetSteps, recipe.SupernetWarmup, 1);
        var trainer = new Trainer(task, data, new SinglePathOneShot(task.Space, 1), plan, torch.CPU);
        if (File.Exists(file)) trainer.Model.load(file);
        else
        {
            while (!trainer.Finished) trainer.Update();
            trainer.Model.save(file);
            Console.WriteLine($"supernet: {recipe.SupernetSteps} updates, {trainer.Seconds:F0} s");
        }

        return new BenchmarkSupernet(
            trainer.Model, new ValidationSet(data.Valid, recipe.ScoringSentences, TokensPerBatch, torch.CPU), recipe.LabelSmoothing);
    }

    public double[] Score(IReadOnlyList<Architecture> architectures) => _scorer.Score(architectures);

    public void Dispose()
    {
        _model.Dispose();
        _validation.Dispose();
    }
}

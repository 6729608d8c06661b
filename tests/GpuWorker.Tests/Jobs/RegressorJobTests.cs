using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>The job that trains a distilled predictor.</summary>
public sealed class RegressorJobTests : IDisposable
{
    private readonly ToyJobs _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task A_regressor_predicts_architectures_it_never_saw_when_its_model_is_read_back()
    {
        var architectures = ToyTask.Architectures(450).ToList();
        var labels = new BlobPath(BlobLayout.PredictorsContainer, "toy/labels.json");
        var items = architectures.Take(400).Select(a => new LabelledArchitecture(a, LabelOf(a)));
        await _jobs.Store.WriteJsonAsync(labels, new LabelSet("test", [.. items]));

        var fit = await _jobs.RunAsync<TrainRegressorResult>(
            JobKinds.TrainRegressor, new TrainRegressorInput("toy", labels.ToString(), "default", 1, "predictors/toy/model.json"));

        using var file = new MemoryStream(await _jobs.Store.ReadAsync(BlobPath.Parse(fit.Model)));
        var predictor = new DistilledPredictor(ToyTask.Definition.Space, MlpModel.Load(file, fit.Model), range: null);
        var unseen = architectures.Skip(400).ToList();
        var error = Math.Sqrt(unseen.Average(a => Math.Pow(predictor.Predict(a).Value - LabelOf(a), 2)));
        Assert.InRange(fit.HeldOutRmse, 0, 0.2);
        Assert.InRange(error, 0, 0.2);
    }

    // Between 11.6 and 14.6: guessing their mean would err by about 0.8.
    private static double LabelOf(Architecture architecture) => 10 + architecture.DecoderLayers + (architecture.EncoderEmbedDim / 10.0);
}

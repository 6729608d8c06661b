using System.Text;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Mlp;

namespace HsNas.Shared.Tests.Predictors;

public class MlpTests
{
    public static TheoryData<int[]> Shapes => [[10, 1], [10, 7, 1], [10, 64, 64, 1], [40, 33, 65, 1], [10, 400, 400, 400, 400, 1]];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Batches_equal_single_rows_and_the_definition(int[] widths)
    {
        var model = Random(widths, seed: 3);
        const int Rows = 71;
        var features = Floats(Rows * widths[0], 4);
        var batch = new double[Rows];
        model.Predict(features, batch);
        for (var r = 0; r < Rows; r++)
        {
            var row = features.AsSpan(r * widths[0], widths[0]);
            Assert.Equal(model.Predict(row), batch[r]);
            Assert.Equal(ByDefinition(model, row), batch[r], tolerance: 1e-4);
        }
    }

    [Fact]
    public void Saving_and_loading_keeps_every_bit_and_the_fingerprint()
    {
        var model = Random([10, 16, 1], seed: 5);
        using var bytes = new MemoryStream();
        model.Save(bytes);
        bytes.Position = 0;
        var copy = MlpModel.Load(bytes, "copy");
        var features = Floats(10, 6);
        Assert.Equal(model.Predict(features), copy.Predict(features));
        Assert.Equal(model.Fingerprint, copy.Fingerprint);
        Assert.NotEqual(model.Fingerprint, Random([10, 16, 1], seed: 6).Fingerprint);
    }

    [Fact]
    public void Files_that_are_no_model_are_refused_by_name()
    {
        using var bytes = new MemoryStream();
        Random([10, 16, 1], seed: 5).Save(bytes);
        var good = bytes.ToArray();
        string Refuse(byte[] file) =>
            Assert.ThrowsAny<InvalidInputException>(() => MlpModel.Load(new MemoryStream(file), "model.bin")).Message;
        Assert.Contains("model.bin: weights is cut short", Refuse(good[..^3]), StringComparison.Ordinal);
        Assert.Contains("first line", Refuse(Encoding.UTF8.GetBytes("{}\n{}\n")), StringComparison.Ordinal);
        Assert.Contains("header is cut short", Refuse([]), StringComparison.Ordinal);
        Assert.Contains("featureEncoding is missing",
            Refuse(Encoding.UTF8.GetBytes("hsnas-mlp 1\n{\"widths\":[1,1],\"labelMean\":0,\"labelScale\":1}\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_do_not_fit_together_are_refused()
    {
        DenseLayer Layer(int inputs, int outputs) => new(inputs, outputs, new float[inputs * outputs], new float[outputs]);
        Assert.Contains("layers[1].inputs is 5; expected 4", Refuse([Layer(3, 4), Layer(5, 1)]), StringComparison.Ordinal);
        Assert.Contains("ending in 2 outputs", Refuse([Layer(3, 2)]), StringComparison.Ordinal);
        Assert.Contains("finite numbers", Refuse([new DenseLayer(1, 1, [float.NaN], [0])]), StringComparison.Ordinal);
        Assert.Contains("labelMean, labelScale is 0, 0", Refuse([Layer(3, 1)], 0), StringComparison.Ordinal);

        static string Refuse(List<DenseLayer> layers, double scale = 1) =>
            Assert.Throws<DataFormatException>(() => new MlpModel("distillation", layers, 0, scale)).Message;
    }

    [Fact]
    public void The_default_recipe_learns_a_smooth_function_and_repeats_itself()
    {
        var (features, labels) = Problem(1500);
        var first = MlpTrainer.Train("distillation", features, labels, MlpTrainingOptions.Default);
        var second = MlpTrainer.Train("distillation", features, labels, MlpTrainingOptions.Default);
        Assert.Equal(first.Model.Fingerprint, second.Model.Fingerprint);
        Assert.InRange(first.ValidationRmse!.Value, 0, 0.1);
        Assert.NotEqual(first.Model.Fingerprint,
            MlpTrainer.Train("distillation", features, labels, MlpTrainingOptions.Default with { Seed = 9 }).Model.Fingerprint);
    }

    [Fact]
    public void The_papers_rate_on_raw_labels_is_far_from_converged_after_the_same_number_of_steps()
    {
        var (features, labels) = Problem(500);
        var steps = MlpTrainingOptions.Default with { Steps = 300, ValidationFraction = 0 };
        var paper = MlpTrainingOptions.Paper with { HiddenLayers = [64, 64], Steps = 300 };
        var good = MlpTrainer.Train("distillation", features, labels, steps).TrainRmse;
        Assert.True(MlpTrainer.Train("distillation", features, labels, paper).TrainRmse > 10 * good);
    }

    [Fact]
    public void Presets_are_as_published_and_as_documented()
    {
        var paper = MlpTrainingOptions.Paper.Validated();
        Assert.Equal([400, 400, 400, 400], paper.HiddenLayers.ToArray());
        Assert.Equal((5000, 1e-5, 128, false, 0.0),
            (paper.Steps, paper.LearningRate, paper.BatchSize, paper.StandardiseLabels, paper.ValidationFraction));
        Assert.True(MlpTrainingOptions.Default.Validated().StandardiseLabels);
        Assert.Contains("learningRate is 0",
            Assert.Throws<OptionException>(() => (MlpTrainingOptions.Default with { LearningRate = 0 }).Validated()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_is_not_finite_is_named_by_its_row()
    {
        var (features, labels) = Problem(20);
        labels[7] = double.NaN;
        var error = Assert.Throws<DataFormatException>(
            () => MlpTrainer.Train("distillation", features, labels, MlpTrainingOptions.Default));
        Assert.Contains("row 7, label is NaN", error.Message, StringComparison.Ordinal);
    }

    private static (float[] Features, double[] Labels) Problem(int rows)
    {
        var features = Floats(rows * 10, 8);
        return (features,
            [.. Enumerable.Range(0, rows).Select(r => 25 + features[r * 10] + (0.5 * features[(r * 10) + 5] * features[(r * 10) + 1]))]);
    }

    private static MlpModel Random(int[] widths, ulong seed)
    {
        var layers = Enumerable.Range(1, widths.Length - 1)
            .Select(l => new DenseLayer(widths[l - 1], widths[l],
                Floats(widths[l - 1] * widths[l], seed + (ulong)l, 1 / Math.Sqrt(widths[l - 1])), Floats(widths[l], seed + 50)));
        return new MlpModel("distillation", [.. layers], 25, 1.5);
    }

    private static float[] Floats(int count, ulong seed, double scale = 1)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(scale * random.NextGaussian()))];
    }

    private static double ByDefinition(MlpModel model, ReadOnlySpan<float> row)
    {
        double[] x = [.. row.ToArray().Select(f => (double)f)];
        for (var l = 0; l < model.Layers.Count; l++)
        {
            var layer = model.Layers[l];
            x = [.. Enumerable.Range(0, layer.Outputs)
                .Select(o => layer.Biases[o] + x.Select((v, i) => v * layer.Weights[(o * layer.Inputs) + i]).Sum())];
            x = l < model.Layers.Count - 1 ? Array.ConvertAll(x, v => Math.Max(0, v)) : x;
        }

        return model.LabelMean + (model.LabelScale * x[0]);
    }
}

using HsNas.Kernel;
using HsNas.Kernel.Statistics;
using HsNas.Predictors.Mlp;

namespace HsNas.Shared.Tests.Predictors;

public sealed class RankLossTests
{
    private static readonly float[] Outputs = [0.3f, -1.2f, 0.9f, 0.1f, 2.4f];
    private static readonly float[] Labels = [1, 0, 0, 2, 1];

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Gradient_is_that_of_finite_differences(double share)
    {
        const float Step = 1e-2f;
        // The gradient of squared error, as the trainer has it before it blends.
        var gradient = Outputs.Zip(Labels, (o, l) => 2 * (o - l) / Outputs.Length).ToArray();

        RankLoss.Blend(Outputs, Labels, share, gradient);

        for (var i = 0; i < Outputs.Length; i++)
        {
            float[] above = [.. Outputs], below = [.. Outputs];
            above[i] += Step;
            below[i] -= Step;
            Assert.Equal((Loss(above) - Loss(below)) / (2 * Step), gradient[i], 1e-3);
        }

        double Loss(float[] outputs) => ((1 - share) * outputs.Zip(Labels, (o, l) => ((double)o - l) * (o - l)).Average())
            + (share * RankLoss.Value(outputs, Labels));
    }

    [Fact]
    public void Only_pairs_whose_labels_differ_count()
    {
        Assert.Equal(Math.Log(2), RankLoss.Value([5, 5], [1, 2]), 12);
        Assert.Equal(0, RankLoss.Value([5, 7, 1], [1, 1, 1]));
        Assert.True(RankLoss.Value([0, 3], [1, 2]) < RankLoss.Value([3, 0], [1, 2]));
        Assert.Equal(RankLoss.Value(Outputs, Labels), RankLoss.Value([.. Outputs.Select(o => o + 100)], Labels), 4);
        Assert.InRange(RankLoss.Value([-2000, 2000], [2, 1]), 3999, 4001);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_model_trained_to_rank_ranks_and_still_speaks_in_labels(double share)
    {
        var (features, labels) = Problem(600);

        var options = MlpTrainingOptions.Default with { RankShare = share, Steps = 600 };
        var trained = MlpTrainer.Train("distillation", features, labels, options);

        var predicted = new double[labels.Length];
        trained.Model.Predict(features, predicted);
        Assert.InRange(RankCorrelation.KendallTauB(predicted, labels)!.Value, 0.9, 1);
        Assert.Equal(labels.Average(), predicted.Average(), 0.05);
        Assert.InRange(trained.ValidationRmse!.Value, 0, 0.25);
    }

    [Fact]
    public void No_share_of_the_rank_loss_is_the_trainer_as_it_was()
    {
        var (features, labels) = Problem(300);
        var without = MlpTrainer.Train("distillation", features, labels, MlpTrainingOptions.Default with { Steps = 50 });
        var none = MlpTrainer.Train("distillation", features, labels, MlpTrainingOptions.Default with { Steps = 50, RankShare = 0 });
        var some = MlpTrainer.Train("distillation", features, labels, MlpTrainingOptions.Default with { Steps = 50, RankShare = 0.1 });
        Assert.Equal(without.Model.Fingerprint, none.Model.Fingerprint);
        Assert.NotEqual(without.Model.Fingerprint, some.Model.Fingerprint);
        Assert.Equal(0, MlpTrainingOptions.Paper.RankShare);
    }

    private static (float[] Features, double[] Labels) Problem(int rows)
    {
        var random = new SeededRandom(4);
        float[] features = [.. Enumerable.Range(0, rows * 10).Select(_ => (float)random.NextDouble())];
        return (features, [.. Enumerable.Range(0, rows).Select(r => 25 + (2 * features[r * 10]) - features[(r * 10) + 3])]);
    }
}

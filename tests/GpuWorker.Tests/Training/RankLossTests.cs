using HsNas.GpuWorker.Training;
using HsNas.Predictors.Mlp;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Training;

public sealed class RankLossTests
{
    [Fact]
    public void Loss_and_gradient_are_those_of_the_managed_trainer()
    {
        float[] outputs = [0.3f, -1.2f, 0.9f, 0.1f, 2.4f];
        float[] labels = [1, 0, 0, 2, 1];
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(outputs, [5, 1], requires_grad: true);

        var loss = RegressorTrainer.Ranked(x, torch.tensor(labels, [5, 1]));
        loss.backward();

        var expected = new float[5];
        RankLoss.Blend(outputs, labels, share: 1, expected);
        Assert.Equal(RankLoss.Value(outputs, labels), loss.item<float>(), 5);
        Assert.All(expected.Zip(x.grad!.data<float>().ToArray()), g => Assert.Equal(g.First, g.Second, 5));
        Assert.Equal(0, RegressorTrainer.Ranked(x, torch.ones([5, 1])).item<float>());
    }
}

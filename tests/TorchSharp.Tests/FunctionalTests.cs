using TorchSharp;
using TorchSharp.Modules;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class FunctionalTests
{
    private static readonly double[][] Logits = [[1, 2, 0.5], [0, -1, 3], [2, 2, 2]];
    private static Tensor Input => tensor(Logits.SelectMany(r => r).ToArray(), new long[] { 3, 3 });
    private static Tensor Target => tensor(new long[] { 1, 2, 0 });

    private static double Loss(int row, int target, double smooth)
    {
        var sum = Math.Log(Logits[row].Sum(Math.Exp));
        return (1 - smooth) * (sum - Logits[row][target]) + smooth * Logits[row].Average(v => sum - v);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void CrossEntropy_MatchesHandComputation(double smooth)
    {
        double[] each = [Loss(0, 1, smooth), Loss(1, 2, smooth), Loss(2, 0, smooth)];
        Near([each.Average()], nn.functional.cross_entropy(Input, Target, label_smoothing: smooth));
        Near([each.Sum()], nn.functional.cross_entropy(Input, Target, reduction: nn.Reduction.Sum, label_smoothing: smooth));
        Near(each, nn.functional.cross_entropy(Input, Target, reduction: nn.Reduction.None, label_smoothing: smooth));
        Near([(each[0] + each[1]) / 2], nn.functional.cross_entropy(Input, Target, ignore_index: 0, label_smoothing: smooth));
        Near([each.Average()], new CrossEntropyLoss(label_smoothing: smooth).call(Input, Target));
    }

    [Fact]
    public void NllLoss_OfLogSoftmax_IsCrossEntropy() =>
        Assert.True(allclose(nn.functional.cross_entropy(Input, Target), nn.functional.nll_loss(nn.functional.log_softmax(Input, 1), Target)));

    [Fact]
    public void LayerNorm_MatchesHandComputation()
    {
        var mean = Logits[0].Average();
        var deviation = Math.Sqrt(Logits[0].Average(v => (v - mean) * (v - mean)) + 1e-5);
        Near(Logits[0].Select(v => (2 * (v - mean) / deviation) + 1), nn.functional.layer_norm(Input[0], [3], full(3, 2, float64), ones(3, float64)));
    }

    [Fact]
    public void MseLoss_HasThreeReductions()
    {
        var x = tensor(new float[] { 1, 2 });
        Near([2.5], nn.functional.mse_loss(x, zeros(2)));
        Near([5], nn.MSELoss(nn.Reduction.Sum).call(x, zeros(2)));
        Near([1, 4], nn.functional.mse_loss(x, zeros(2), nn.Reduction.None));
    }

    [Fact]
    public void Init_FillsWithinItsBounds()
    {
        var x = nn.Parameter(empty(20, 30));
        nn.init.xavier_uniform_(x);
        Assert.InRange(x.abs().max().ToDouble(), 0.9 * Math.Sqrt(6.0 / 50), Math.Sqrt(6.0 / 50));
        nn.init.kaiming_uniform_(x, Math.Sqrt(5));
        Assert.InRange(x.abs().max().ToDouble(), 0.9 / Math.Sqrt(30), 1 / Math.Sqrt(30));
        nn.init.normal_(x, 1, 0.1);
        Assert.InRange(x.mean().ToDouble(), 0.95, 1.05);
        Near([3], nn.init.constant_(x, 3).mean());
        Near([0], nn.init.zeros_(x).sum());
        Near([600], nn.init.ones_(x).sum(), 1e-3);
        Assert.True(x.is_leaf);
    }

    [Fact]
    public void ClipGradNorm_ScalesOnlyWhatIsTooLong()
    {
        var a = nn.Parameter(ones(1));
        var b = nn.Parameter(ones(1));
        var unused = nn.Parameter(ones(1));
        (3 * a + 4 * b).sum().backward();
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b, unused], 10), 1e-5);
        Near([3], a.grad!);
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b, unused], 1), 1e-5);
        Near([0.6], a.grad!, 1e-5);
        Near([0.8], b.grad!, 1e-5);
    }
}

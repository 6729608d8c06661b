using TorchSharp;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class AutogradTests
{
    public static TheoryData<string> Functions => [.. Cases.Keys];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Cases = new()
    {
        ["mul"] = x => (x * x + 2 * x - 1 / x).sum(),
        ["exp"] = x => x.exp().log().mul(x.sqrt()).mean(),
        ["matmul"] = x => x.view(2, 3).matmul(x.view(3, 2)).tanh().sum(),
        ["softmax"] = x => (x.view(2, 3).softmax(1) * arange(3, float64)).sum(),
        ["layer_norm"] = x => (nn.functional.layer_norm(x.view(2, 3), [3]) * arange(6, float64).view(2, 3)).sum(),
        ["cross_entropy"] = x => nn.functional.cross_entropy(x.view(2, 3), tensor(new long[] { 2, 0 }), label_smoothing: 0.1),
        ["index"] = x => x.view(2, 3)[.., 1..].pow(3).sum() + x.index_select(0, tensor(new long[] { 1, 1 })).sum(),
        ["cat"] = x => cat(new[] { x[..2], x[3..].sigmoid() }).pow(2).sum(),
        ["masked"] = x => x.masked_fill(x > 1, 0).pow(2).sum() + x.logsumexp(0),
        ["std"] = x => x.std() + x.norm() + x.clamp_min(0.8).sum(),
        ["linear"] = x => nn.functional.linear(x.view(2, 3), x.view(2, 3), x[..2]).relu().sum(),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Gradients_MatchFiniteDifferences(string name)
    {
        var f = Cases[name];
        double[] at = [0.7, 1.3, 0.9, 2.1, 0.4, 1.7];
        var x = tensor(at, requires_grad: true);
        f(x).backward();
        const double step = 1e-6;
        Near(at.Select((_, i) => (Moved(i, step) - Moved(i, -step)) / (2 * step)), x.grad!, 1e-6);

        double Moved(int i, double by)
        {
            var moved = (double[])at.Clone();
            moved[i] += by;
            return f(tensor(moved)).item<double>();
        }
    }

    [Fact]
    public void Backward_AddsToTheGradient_AndTakesOneForTheOutput()
    {
        var x = ones(2, requires_grad: true);
        Assert.Null(x.grad);
        (x * 3).sum().backward();
        (x * 2).backward([tensor(new float[] { 1, 10 })]);
        Near([5, 23], x.grad!);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void NoGrad_StopsRecording_AndEndsWithItsScope()
    {
        var x = ones(1, requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
        using (inference_mode()) Assert.False((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
        Assert.False((x * 2).is_leaf);
    }

    [Fact]
    public void RetainGrad_KeepsTheGradientOfAnInnerTensor()
    {
        var x = ones(1, requires_grad: true);
        var y = x * 2;
        y.retain_grad();
        (y * 3).backward();
        Near([3], y.grad!);
    }
}

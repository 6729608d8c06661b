using TorchSharp;
using TorchSharp.Modules;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class OptimizerTests
{
    private static double[] ByHand(double start, int steps, double lr, double decay)
    {
        double p = start, m = 0, v = 0;
        var path = new double[steps];
        for (var t = 1; t <= steps; t++)
        {
            var g = (2 * p) + (decay * p);
            m = (0.9 * m) + (0.1 * g);
            v = (0.98 * v) + (0.02 * g * g);
            p -= lr * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.98, t))) + 1e-9);
            path[t - 1] = p;
        }
        return path;
    }

    [Theory]
    [InlineData(ScalarType.Float32, false, 0)]
    [InlineData(ScalarType.Float32, false, 0.1)]
    [InlineData(ScalarType.Float64, false, 0.1)]
    [InlineData(ScalarType.Float32, true, 0)]
    public void Adam_MatchesAHandWrittenOne(ScalarType type, bool strided, double decay)
    {
        var p = nn.Parameter(strided ? full(2, 3, 1.5, type).t() : full(9, 1.5, type));
        using var adam = optim.Adam([p], 0.05, 0.9, 0.98, 1e-9, decay);
        foreach (var expected in ByHand(1.5, 40, 0.05, decay))
        {
            adam.zero_grad();
            p.pow(2).sum().backward();
            adam.step();
            Near(Enumerable.Repeat(expected, (int)p.numel()), p, 2e-5);
        }
    }

    [Fact]
    public void ZeroGrad_KeepsZeroGradients_SoAdamStillMoves()
    {
        var p = nn.Parameter(ones(1));
        using var adam = optim.Adam([p], 0.1);
        p.sum().backward();
        adam.step();
        adam.zero_grad();
        Near([0], p.grad!);
        var before = p.ToDouble();
        adam.step();
        Assert.True(p.ToDouble() < before);
    }

    [Fact]
    public void ANullGradient_IsSkipped()
    {
        var p = nn.Parameter(ones(1));
        using var adam = optim.Adam([p], 0.1);
        p.sum().backward();
        adam.step();
        p.grad = null;
        var before = p.ToDouble();
        adam.step();
        Assert.Equal(before, p.ToDouble());
    }

    [Fact]
    public void LearningRate_IsReadAtEveryStep()
    {
        var p = nn.Parameter(ones(1));
        using var adam = optim.Adam([p], 0.1);
        p.sum().backward();
        foreach (var group in adam.ParamGroups) group.LearningRate = 0;
        adam.step();
        Near([1], p);
        foreach (var group in adam.ParamGroups) group.LearningRate = 0.5;
        adam.step();
        Near([0.5], p);
    }

    [Fact]
    public void Groups_HaveTheirOwnOptions()
    {
        var a = nn.Parameter(ones(1));
        var b = nn.Parameter(ones(1));
        using var adam = optim.Adam([new Adam.ParamGroup([a], lr: 0.1), new Adam.ParamGroup([b], lr: 0.2)]);
        (a + b).sum().backward();
        adam.step();
        Near([0.9], a, 1e-6);
        Near([0.8], b, 1e-6);
        Assert.Equal((0.9, 0.999), adam.Betas);
    }

    [Fact]
    public void Closure_RecordsGradientsAndGivesTheLoss()
    {
        var p = nn.Parameter(ones(1));
        using var adam = optim.Adam([p], 0.1);
        var loss = adam.step(() =>
        {
            var value = p.pow(2).sum();
            value.backward();
            return value;
        });
        Near([1], loss!);
        Near([0.9], p, 1e-6);
    }

    [Fact]
    public void SavedState_ContinuesExactly()
    {
        var (p, adam) = Trained(5);
        using var stream = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        var q = nn.Parameter(p.detach().clone());
        using var other = optim.Adam([q], 0.9);
        other.load_state_dict(new BinaryReader(stream));
        Step(p, adam);
        Step(q, other);
        Assert.Equal(Values(p), Values(q));

        static (Parameter, Adam) Trained(int steps)
        {
            var p = nn.Parameter(ones(3));
            var adam = optim.Adam([p], 0.1);
            for (var i = 0; i < steps; i++) Step(p, adam);
            return (p, adam);
        }

        static void Step(Parameter p, Adam adam)
        {
            adam.zero_grad();
            p.pow(3).sum().backward();
            adam.step();
        }
    }
}

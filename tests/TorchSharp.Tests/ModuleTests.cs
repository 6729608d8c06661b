using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class ModuleTests
{
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(3, 4);
        private readonly ModuleList<nn.Module<Tensor, Tensor>> blocks = nn.ModuleList<nn.Module<Tensor, Tensor>>(nn.LayerNorm(4), nn.Linear(4, 4, hasBias: false));
        [ComponentName(Name = "renamed")] private readonly Parameter scale = nn.Parameter(ones(4));
        private readonly Tensor offset = zeros(4);

        public Net() : base("Net") => RegisterComponents();

        public Parameter Scale => scale;

        public override Tensor forward(Tensor input)
        {
            var x = first.call(input);
            foreach (var block in blocks) x = block.call(x);
            return x * scale + offset;
        }
    }

    [Fact]
    public void RegisterComponents_NamesByField()
    {
        using var net = new Net();
        Assert.Equal(["blocks.0.bias", "blocks.0.weight", "blocks.1.weight", "first.bias", "first.weight", "renamed"], net.named_parameters().Select(p => p.name).Order());
        Assert.Equal(["offset"], net.named_buffers().Select(b => b.name));
        Assert.Equal(7, net.state_dict().Count);
        Assert.Equal(["first", "blocks"], net.named_children().Select(c => c.name));
        Assert.Same(net.Scale, net.get_parameter("renamed"));
        Assert.Equal([2L, 4], net.call(ones(2, 3)).shape);
    }

    [Fact]
    public void Components_OutliveTheScopeInWhichTheModuleWasMade()
    {
        Net net;
        using (NewDisposeScope()) net = new Net();
        Assert.All(net.parameters(), p => Assert.False(p.IsInvalid));
        var parameters = net.parameters().ToList();
        net.Dispose();
        Assert.All(parameters, p => Assert.True(p.IsInvalid));
    }

    [Fact]
    public void Parameter_TakesOverItsDataAndItsPlaceInTheScope()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = nn.Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(scope.Contains(parameter));
        Assert.False(scope.Contains(data));
        Assert.False(nn.Parameter(ones(1), requires_grad: false).requires_grad);
        Assert.Throws<InvalidOperationException>(() => nn.Parameter(data));
    }

    [Fact]
    public void LoadStateDict_CopiesValues_AndInsistsOnTheNames()
    {
        using var source = new Net();
        using var target = new Net();
        target.load_state_dict(source.state_dict());
        Assert.True(allclose(source.call(ones(1, 3)), target.call(ones(1, 3))));
        var partial = new Dictionary<string, Tensor> { ["renamed"] = zeros(4), ["other"] = zeros(1) };
        Assert.Throws<InvalidOperationException>(() => target.load_state_dict(partial));
        var (missing, unexpected) = target.load_state_dict(partial, strict: false);
        Assert.Equal(6, missing.Count);
        Assert.Equal(["other"], unexpected);
        Near([0, 0, 0, 0], target.Scale);
    }

    [Fact]
    public void To_ReplacesParametersAndTheirFields()
    {
        using var net = new Net();
        net.to(float64);
        Assert.All(net.parameters(), p => Assert.Equal(float64, p.dtype));
        Assert.Equal(float64, net.Scale.dtype);
        Assert.True(net.Scale.requires_grad);
        Assert.Equal(float64, net.call(ones(1, 3, float64)).dtype);
    }

    [Fact]
    public void TrainAndEval_ReachEverySubmodule()
    {
        var dropout = nn.Dropout(0.9);
        using var net = nn.Sequential(("drop", dropout), ("linear", nn.Linear(2, 2)));
        net.eval();
        Assert.False(dropout.training);
        Near(Enumerable.Repeat(1.0, 100), dropout.call(ones(100)));
        net.train();
        manual_seed(1);
        var dropped = dropout.call(ones(1000));
        Assert.InRange((dropped == 0).sum().ToInt64(), 850, 950);
        Assert.Equal(10, dropped.max().item<float>(), 0.001);
        Assert.Throws<InvalidOperationException>(() => dropout.register_module("x", nn.ReLU()));
    }

    [Fact]
    public void ZeroGrad_SetsToNullUnlessToldOtherwise()
    {
        using var net = nn.Linear(2, 1);
        net.call(ones(1, 2)).sum().backward();
        net.zero_grad(set_to_none: false);
        Near([0, 0], net.weight.grad!);
        net.zero_grad();
        Assert.Null(net.weight.grad);
    }

    [Fact]
    public void SharedParameters_AppearOnce()
    {
        var shared = nn.Parameter(ones(2, 2));
        using var net = nn.Sequential(nn.Linear(shared), nn.Linear(shared));
        Assert.Equal(["0.weight"], net.named_parameters().Select(p => p.name));
    }

    [Fact]
    public void Embedding_LooksUpRows_AndReturnsANewWrapperOfItsWeight()
    {
        using var embedding = nn.Embedding(5, 3, padding_idx: 0);
        var weight = embedding.weight;
        Assert.NotSame(weight, embedding.weight);
        Assert.True(allclose(weight[2], embedding.call(tensor(new long[] { 2 }))[0]));
        Near([0, 0, 0], weight[0]);
        embedding.call(tensor(new long[] { 1, 1 })).sum().backward();
        Near([2, 2, 2], embedding.weight.grad![1]);
    }
}

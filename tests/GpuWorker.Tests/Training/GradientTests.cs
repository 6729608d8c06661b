using HsNas.GpuWorker.Tensors;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Training;

public sealed class GradientTests
{
    // In double precision: steps wide enough for single precision cross kinks of ReLU.
    private const double Distance = 1e-5;
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Kinds => Designs.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_parameter_has_the_slope_that_central_differences_show(string kind)
    {
        using var model = Weights.RandomModel(31, Designs.Of(kind)).to(ScalarType.Float64);
        var architecture = ToyTask.Architectures(50).First(a => a.DecoderLayers == 3 && a.DecoderArbitrary.Contains(2));
        using var batch = TokenBatch.Create(ToyTask.Corpus(3, 9), [0, 1, 2], CPU);
        model.zero_grad(set_to_none: true);
        using (NewDisposeScope()) Loss().backward();
        foreach (var (name, parameter) in Trainer.NamedParameters(model))
        {
            using var scope = NewDisposeScope();
            var gradient = parameter.grad;
            Assert.True(gradient is not null, $"{name} has no gradient");
            // Along its own gradient a parameter's slope is the gradient's length: one number tests all entries.
            var length = gradient.norm().item<double>();
            if (length < 1e-9) continue;
            var direction = gradient.DividedBy(length);
            var measured = (At(parameter, direction, Distance) - At(parameter, direction, -Distance)) / (2 * Distance);
            Assert.True(
                Math.Abs(measured - length) <= Tolerance * Math.Max(1, length), $"{kind}, {name}: gradient {length}, measured {measured}");
        }

        Tensor Loss() => TrainingLoss.Sum(model, architecture, model.Encode(architecture, batch.Source, batch.SourcePadded), batch, 0.1);

        double At(Tensor parameter, Tensor direction, double distance)
        {
            using var quiet = no_grad();
            using var saved = parameter.clone();
            parameter.AddInPlace(direction.Times(distance));
            var loss = Loss().item<double>();
            parameter.copy_(saved);
            return loss;
        }
    }
}

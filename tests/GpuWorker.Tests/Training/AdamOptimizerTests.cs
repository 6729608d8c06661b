using HsNas.GpuWorker.Tensors;
using HsNas.GpuWorker.Training;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Training;

public sealed class AdamOptimizerTests
{
    private const double Beta1 = 0.9, Beta2 = 0.98, Epsilon = 1e-8;

    [Fact]
    public void Step_follows_the_published_formula()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(tensor(new[] { 1.0, -2.0, 0.5 }));
        using var adam = new AdamOptimizer([parameter], Beta1, Beta2, Epsilon);
        var (value, mean, square) = (new[] { 1.0, -2.0, 0.5 }, new double[3], new double[3]);
        for (var step = 1; step <= 20; step++)
        {
            var rate = 0.1 / step;
            parameter.grad = null;
            parameter.mul(parameter).sum().backward();   // Its gradient is 2p.
            adam.Step(rate);
            for (var i = 0; i < 3; i++)
            {
                var gradient = 2 * value[i];
                mean[i] = (Beta1 * mean[i]) + ((1 - Beta1) * gradient);
                square[i] = (Beta2 * square[i]) + ((1 - Beta2) * gradient * gradient);
                var (m, v) = (mean[i] / (1 - Math.Pow(Beta1, step)), square[i] / (1 - Math.Pow(Beta2, step)));
                value[i] -= rate * m / (Math.Sqrt(v) + Epsilon);
                Assert.Equal(value[i], parameter.data<double>()[i], tolerance: 1e-12);
            }
        }
    }

    [Fact]
    public void A_parameter_without_a_gradient_stands_still_and_so_does_its_count()
    {
        using var scope = NewDisposeScope();
        var (touched, late) = (nn.Parameter(ones(1)), nn.Parameter(ones(1)));
        using var adam = new AdamOptimizer([touched, late]);
        for (var i = 0; i < 5; i++) Update(touched);
        Assert.Equal(1f, late.data<float>()[0]);

        Update(late);

        // The first update of any parameter moves it by the rate.
        Assert.Equal(1 - 0.01f, late.data<float>()[0], tolerance: 1e-6f);

        void Update(Tensor parameter)
        {
            (touched.grad, late.grad) = (null, null);
            parameter.Times(3).sum().backward();
            adam.Step(0.01);
        }
    }
}

using TorchSharp;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class FactoryTests
{
    [Fact]
    public void Filled_HaveTheirShapeTypeAndValue()
    {
        Assert.Equal([2L, 3], zeros(2, 3).shape);
        Assert.Equal(float32, ones(4).dtype);
        Assert.Equal(int64, full(2, 7, int64).dtype);
        Near([7, 7], full(2, 7, int64));
        Assert.Equal([2L, 2, 1, 3], empty(new long[] { 2, 2, 1, 3 }).shape);
        Assert.True(zeros(1, requires_grad: true).requires_grad);
        Assert.Equal(float64, zeros_like(ones(2, dtype: float64)).dtype);
        Near([0.5, 0.5], full_like(ones(2), 0.5));
    }

    [Fact]
    public void Tensor_CopiesItsArray()
    {
        var array = new float[] { 1, 2, 3, 4 };
        var made = tensor(array, new long[] { 2, 2 });
        array[0] = 9;
        Near([1, 2, 3, 4], made);
    }

    [Fact]
    public void Tensor_TakesEveryElementType()
    {
        Assert.Equal(int64, tensor(new long[] { 1 }).dtype);
        Assert.Equal(int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(float64, tensor(new[] { 1.0 }).dtype);
        Assert.Equal(torch.@bool, tensor(new[] { true }).dtype);
        Assert.Equal(uint8, tensor(new byte[] { 1 }).dtype);
        Assert.Equal(float32, tensor(new[] { 1, 2 }, float32).dtype);
        Assert.Equal([2L, 3], tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).shape);
        Assert.Equal(0, tensor(3.5f).dim());
        Assert.Equal(3.5f, tensor(3.5f).item<float>());
        Assert.Equal(2, tensor(2L).item<long>());
    }

    [Fact]
    public void Tensor_RefusesAShapeThatNeedsMoreValues() => Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2 }, new long[] { 3 }));

    [Fact]
    public void Arange_IsInt64UnlessANumberIsReal()
    {
        Assert.Equal(int64, arange(5).dtype);
        Assert.Equal(float32, arange(0, 1, 0.25).dtype);
        Near([2, 4, 6], arange(2, 8, 2));
        Near([0, 0.5, 1], linspace(0, 1, 3));
        Near([1, 0, 0, 1], eye(2));
    }

    [Fact]
    public void Half_RoundTripsThroughFloat()
    {
        var x = tensor(new float[] { 1.5f, -2 });
        Near([1.5, -2], x.to_type(float16).to(float32));
        Near([1.5, -2], x.to(bfloat16).to_type(float32));
        Assert.Equal(2, x.to(bfloat16).ElementSize);
    }

    [Fact]
    public void Device_ReadsItsDescription()
    {
        Assert.Equal("cuda:1", device("cuda:1").ToString());
        Assert.Equal(DeviceType.CPU, device("cpu").type);
        Assert.Equal(-1, CPU.index);
        Assert.Equal(DeviceType.CPU, zeros(1).device.type);
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
    }
}

using TorchSharp;
using static HsNas.TorchSharp.Tests.Setup;
using static TorchSharp.torch;

namespace HsNas.TorchSharp.Tests;

public class DataTests
{
    [Fact]
    public void Accessor_FollowsStrides()
    {
        var x = arange(6, float32).view(2, 3).t();
        var data = x.data<float>();
        Assert.Equal([0f, 3, 1, 4, 2, 5], data.ToArray());
        Assert.Equal(4, data[1, 1]);
        data[1, 1] = 40;
        Assert.Equal(40, x[1, 1].item<float>());
        var target = new float[3];
        data.CopyTo(target, 1, 4);
        Assert.Equal([0f, 2, 5], target);
        data.CopyFrom([7f], 0, 5);
        Assert.Equal(7, x[2, 1].item<float>());
        Assert.Equal(6, data.Count);
    }

    [Fact]
    public void Reading_InsistsOnTheElementType()
    {
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => ones(2).data<float>()[2]);
        Assert.Equal(1.0, ones(1).ToDouble());
        Assert.Equal(3, tensor(3L).ToInt64());
        Assert.Equal(2.5f, (float)tensor(2.5));
    }

    [Fact]
    public void Accessor_OfADisposedTensor_IsRefused()
    {
        var x = ones(2);
        var data = x.data<float>();
        x.Dispose();
        Assert.Throws<InvalidOperationException>(() => data[0]);
    }

    [Fact]
    public void Bytes_AreTheStorage()
    {
        var x = tensor(new[] { 1, 2 });
        Assert.Equal(8, x.bytes.Length);
        x.bytes = new byte[] { 5, 0, 0, 0, 6, 0, 0, 0 };
        Assert.Equal([5, 6], x.data<int>().ToArray());
    }

    [Fact]
    public void Save_AndLoad_KeepTypeShapeAndValues()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var x = randn(2, 3).t();
        x.Save(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var loaded = zeros(3, 2);
        loaded.Load(reader);
        Assert.True(allclose(x, loaded));
    }

    [Fact]
    public void CopyAndConvert_KeepValues()
    {
        var x = zeros(2);
        x.copy_(tensor(new[] { 1.0, 2 }));
        Near([1, 2], x);
        Assert.Equal(int64, x.to(int64).dtype);
        Assert.Equal(float64, x.to(ones(1, dtype: float64)).dtype);
        var y = x.clone();
        y.zero_();
        Near([1, 2], x);
        x.alias().zero_();
        Near([0, 0], x);
        var z = ones(2);
        z.to(float64, disposeAfter: true);
        Assert.True(z.IsInvalid);
    }
}

using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor cpu() => hs_cpu(this);

        public Tensor cuda(Device? device = null, bool non_blocking = false) => Move(dtype, device ?? CUDA, false, false, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Move(type, null, copy, disposeAfter, non_blocking);

        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Move(dtype, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Move(type, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Move(type, null, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Move(dtype, new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => Move(dtype, device, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => Move(other.dtype, other.device, false, false, non_blocking);

        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public Tensor type(ScalarType dtype) => to_type(dtype);

        public Tensor @float() => to_type(ScalarType.Float32);

        private Tensor Move(ScalarType type, Device? target, bool copy, bool disposeAfter, bool non_blocking)
        {
            var result = hs_to(this, Options(type, target ?? device), Flag(copy), Flag(non_blocking));
            if (disposeAfter) Dispose();
            return result;
        }
    }
}

public static class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => value.Item().ToSingle();
    public static double ToDouble(this torch.Tensor value) => value.Item().ToDouble();
    public static int ToInt32(this torch.Tensor value) => value.Item().ToInt32();
    public static long ToInt64(this torch.Tensor value) => value.Item().ToInt64();

    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        writer.Write((sbyte)tensor.dtype);
        var shape = tensor.shape;
        writer.Write(shape.Length);
        foreach (var size in shape) writer.Write(size);
        using var plain = tensor.detach();
        using var local = plain.cpu();
        using var dense = local.contiguous();
        writer.Write(dense.bytes);
    }

    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var loaded = Load(reader, skip);
        if (skip) return;
        using var constant = torch.no_grad();
        tensor.copy_(loaded);
    }

    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        var type = (torch.ScalarType)reader.ReadSByte();
        var shape = new long[reader.ReadInt32()];
        for (var i = 0; i < shape.Length; i++) shape[i] = reader.ReadInt64();
        var tensor = torch.empty(shape, type, torch.CPU);
        reader.BaseStream.ReadExactly(tensor.bytes);
        return tensor;
    }

    public static torch.Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) where T : unmanaged =>
        torch.Tensor.FromArray(rawArray, dimensions, null, null, requires_grad);
}

using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>Named fp32 tensors in a stream: count, then per tensor its name, shape and values (little-endian).</summary>
internal static class TensorArchive
{
    /// <summary>Writes all, in order.</summary>
    public static void Write(BinaryWriter writer, IReadOnlyCollection<(string Name, Tensor Tensor)> tensors)
    {
        writer.Write(tensors.Count);
        foreach (var (name, tensor) in tensors)
        {
            writer.Write(name);
            writer.Write(tensor.shape.Length);
            foreach (var size in tensor.shape) writer.Write(size);
            using var host = tensor.detach().cpu().contiguous();
            writer.Write(MemoryMarshal.AsBytes<float>(host.data<float>().ToArray()));
        }
    }

    /// <summary>Copies values into tensors of the same names and shapes.</summary>
    /// <exception cref="InvalidDataException">A name, a shape or the number of tensors differs: the file is of another model.</exception>
    public static void ReadInto(BinaryReader reader, IReadOnlyCollection<(string Name, Tensor Tensor)> tensors)
    {
        var count = reader.ReadInt32();
        if (count != tensors.Count)
            throw new InvalidDataException($"The checkpoint holds {count} tensors; this model has {tensors.Count}.");
        using var _ = no_grad();
        foreach (var (name, tensor) in tensors)
        {
            var found = reader.ReadString();
            var shape = new long[reader.ReadInt32()];
            for (var i = 0; i < shape.Length; i++) shape[i] = reader.ReadInt64();
            if (found != name || !shape.SequenceEqual(tensor.shape))
                throw new InvalidDataException($"The checkpoint has {found} [{string.Join(", ", shape)}] "
                    + $"where this model has {name} [{string.Join(", ", tensor.shape)}]: it is of another space or task.");
            var bytes = reader.ReadBytes(checked((int)(tensor.numel() * sizeof(float))));
            using var values = torch_tensor(bytes, shape);
            tensor.copy_(values);
        }
    }

    private static Tensor torch_tensor(byte[] bytes, long[] shape) =>
        tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), shape);
}

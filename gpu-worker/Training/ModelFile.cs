using HsNas.GpuWorker.Supernets;

namespace HsNas.GpuWorker.Training;

/// <summary>Weights alone, without optimiser state.</summary>
internal static class ModelFile
{
    /// <summary>Serialises all parameters.</summary>
    public static byte[] Write(SuperTransformer model)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        TensorArchive.Write(writer, Trainer.NamedParameters(model));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Loads parameters into a model of the same shape.</summary>
    /// <exception cref="InvalidDataException">The file is of another shape.</exception>
    public static void ReadInto(SuperTransformer model, byte[] file)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        TensorArchive.ReadInto(reader, Trainer.NamedParameters(model));
    }
}

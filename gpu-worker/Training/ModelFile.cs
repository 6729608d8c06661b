using System.Text.Json;
using HsNas.GpuWorker.Supernets;
using HsNas.Kernel;
using HsNas.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Weights alone, without optimiser state. A file of kind "hat" is a bare <see cref="TensorArchive"/>, as it always was; others
/// start with -1 (no archive starts so: it starts with its number of tensors) and their <see cref="SupernetDesign"/> as JSON.
/// Who scores therefore needs the file alone to rebuild the model.
/// </summary>
internal static class ModelFile
{
    private const int HeaderMark = -1;

    /// <summary>Serialises all parameters.</summary>
    public static byte[] Write(SuperTransformer model, SupernetDesign? design = null)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        if (design is not null && design != SupernetDesign.Hat)
        {
            writer.Write(HeaderMark);
            writer.Write(JsonSerializer.Serialize(design, Json.Options));
        }

        TensorArchive.Write(writer, Trainer.NamedParameters(model));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The design of the model that a file holds.</summary>
    /// <exception cref="InvalidDataException">The header names no supernet this version knows.</exception>
    public static SupernetDesign DesignOf(byte[] file)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        return ReadDesign(reader);
    }

    /// <summary>The model that a file holds, on <paramref name="device"/>.</summary>
    /// <exception cref="InvalidDataException">The file is of another space or task.</exception>
    public static SuperTransformer Load(TaskDefinition task, byte[] file, Device device)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        var model = ReadDesign(reader).CreateModel(task);
        model.to(device);
        TensorArchive.ReadInto(reader, Trainer.NamedParameters(model));
        return model;
    }

    private static SupernetDesign ReadDesign(BinaryReader reader)
    {
        if (reader.ReadInt32() != HeaderMark)
        {
            reader.BaseStream.Position = 0;
            return SupernetDesign.Hat;
        }

        var stored = JsonSerializer.Deserialize<SupernetDesign>(reader.ReadString(), Json.Options);
        return SupernetDesign.TryParse(stored?.Kind ?? "", stored?.Experts, stored?.RouterWidth, out var design, out var problem)
            ? design
            : throw new InvalidDataException($"The checkpoint's header is not of this version: {problem}");
    }
}

using System.Text.Json;
using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Supernets;
using HsNas.Kernel;
using HsNas.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Weights alone, without optimiser state. A file of HAT's design is a bare <see cref="TensorArchive"/>. Every other file starts
/// with -1, where an archive has its number of tensors, and a header that names the design. A scorer can therefore rebuild the
/// model without the training's job.
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
            writer.Write(JsonSerializer.Serialize(new Header(design.Kind.Id, design.Experts, design.RouterWidth), Json.Options));
        }

        TensorArchive.Write(writer, Trainer.NamedParameters(model));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The design of the model that a file holds.</summary>
    /// <exception cref="InvalidDataException">The header names no supernet of <paramref name="kinds"/>.</exception>
    public static SupernetDesign DesignOf(byte[] file, SupernetKinds kinds)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        return ReadDesign(reader, kinds);
    }

    /// <summary>The model that a file holds, on <paramref name="device"/>.</summary>
    /// <exception cref="InvalidDataException">The file is of another space or task, or of no supernet of
    /// <paramref name="kinds"/>.</exception>
    public static SuperTransformer Load(TaskDefinition task, byte[] file, Device device, SupernetKinds kinds)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        var model = ReadDesign(reader, kinds).CreateModel(task);
        model.to(device);
        TensorArchive.ReadInto(reader, Trainer.NamedParameters(model));
        return model;
    }

    private static SupernetDesign ReadDesign(BinaryReader reader, SupernetKinds kinds)
    {
        if (reader.ReadInt32() != HeaderMark)
        {
            reader.BaseStream.Position = 0;
            return SupernetDesign.Hat;
        }

        var header = JsonSerializer.Deserialize<Header>(reader.ReadString(), Json.Options);
        return SupernetDesign.TryParse(kinds, header?.Kind, header?.Experts, header?.RouterWidth, out var design, out var problem)
            ? design
            : throw new InvalidDataException($"The checkpoint's header is not of this version: {problem}");
    }

    private sealed record Header(string Kind, int Experts, int RouterWidth);
}

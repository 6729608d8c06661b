using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HsNas.Models;

/// <summary>One fp32 tensor in memory.</summary>
public sealed record HostTensor(long[] Shape, float[] Values);

/// <summary>
/// The safetensors form: 8 bytes with the header's length, a JSON header that names each tensor's type, shape and place, then
/// the values, little-endian. Only type F32 is used here.
/// </summary>
public static class SafeTensors
{
    private const int LengthBytes = 8;
    private const int Alignment = 8;

    /// <summary>Serialises tensors, in order, with free-text metadata.</summary>
    public static byte[] Write(IReadOnlyList<(string Name, HostTensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header =
            new JsonObject { ["__metadata__"] = new JsonObject(metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))) };
        long at = 0;
        foreach (var (name, tensor) in tensors)
        {
            var end = at + (sizeof(float) * tensor.Values.LongLength);
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. tensor.Shape.Select(s => (JsonNode)s)]),
                ["data_offsets"] = new JsonArray(at, end),
            };
            at = end;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        // Spaces at the header's end align the values, as the format allows.
        var headerLength = (json.Length + Alignment - 1) / Alignment * Alignment;
        var file = new byte[LengthBytes + headerLength + at];
        BinaryPrimitives.WriteInt64LittleEndian(file, headerLength);
        file.AsSpan(LengthBytes, headerLength).Fill((byte)' ');
        json.CopyTo(file, LengthBytes);
        var place = LengthBytes + headerLength;
        foreach (var (_, tensor) in tensors)
        {
            var bytes = MemoryMarshal.AsBytes<float>(tensor.Values);
            bytes.CopyTo(file.AsSpan(place));
            place += bytes.Length;
        }

        return file;
    }

    /// <summary>Reads tensors by name.</summary>
    /// <exception cref="InvalidDataException">The file is cut, or holds another type than F32.</exception>
    public static IReadOnlyDictionary<string, HostTensor> Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < LengthBytes) throw new InvalidDataException("Not a safetensors file: it is shorter than its header.");
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (headerLength < 2 || headerLength > file.Length - LengthBytes)
            throw new InvalidDataException($"Not a safetensors file: its header would have {headerLength} bytes.");
        using var header = JsonDocument.Parse(file.Slice(LengthBytes, (int)headerLength).ToArray());
        var values = file[(LengthBytes + (int)headerLength)..];
        var result = new Dictionary<string, HostTensor>(StringComparer.Ordinal);
        foreach (var entry in header.RootElement.EnumerateObject().Where(e => e.Name != "__metadata__"))
        {
            if (entry.Value.GetProperty("dtype").GetString() is var type && type != "F32")
                throw new InvalidDataException($"Tensor {entry.Name} is of type {type}; only F32 is read here.");
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64())];
            long[] place = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64())];
            if (place is not [var start, var end] || start < 0 || end > values.Length
                || end - start != sizeof(float) * shape.Aggregate(1L, (a, b) => a * b))
                throw new InvalidDataException($"Tensor {entry.Name} [{string.Join(", ", shape)}] does not lie inside the file.");
            result[entry.Name] = new HostTensor(shape, MemoryMarshal.Cast<byte, float>(values[(int)start..(int)end]).ToArray());
        }

        return result;
    }
}

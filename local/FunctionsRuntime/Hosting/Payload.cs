using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.DurableTask;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Turns text and bytes that arrived into what a parameter asks for.</summary>
internal static class Payload
{
    internal static object? Convert(BinaryData data, Type target, ObjectSerializer serializer)
    {
        if (target == typeof(string))
        {
            return data.ToString();
        }

        if (target == typeof(byte[]))
        {
            return data.ToArray();
        }

        if (target == typeof(BinaryData))
        {
            return data;
        }

        if (target == typeof(ReadOnlyMemory<byte>))
        {
            return data.ToMemory();
        }

        return target == typeof(Stream) ? data.ToStream() : Deserialize(data, target, serializer);
    }

    internal static object? Deserialize(BinaryData data, Type target, ObjectSerializer serializer)
    {
        using var stream = data.ToStream();
        return serializer.Deserialize(stream, target, CancellationToken.None);
    }

    /// <summary>Durable payloads are JSON; a string parameter gets the string's content, or the JSON text of anything else.</summary>
    internal static object? FromJson(string? json, Type target, DataConverter converter)
    {
        if (json is null)
        {
            return target.IsValueType ? Activator.CreateInstance(target) : null;
        }

        if (target != typeof(string))
        {
            return converter.Deserialize(json, target);
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.String => document.RootElement.GetString(),
            JsonValueKind.Null => null,
            _ => json,
        };
    }

    /// <summary>Route values and the like: a plain value of the parameter's type, or its text parsed.</summary>
    internal static object? FromValue(object? value, Type target)
    {
        var type = Nullable.GetUnderlyingType(target) ?? target;
        if (value is null || type.IsInstanceOfType(value))
        {
            return value;
        }

        var text = value.ToString()!;
        if (type == typeof(string))
        {
            return text;
        }

        if (type.IsEnum)
        {
            return Enum.Parse(type, text, ignoreCase: true);
        }

        return System.ComponentModel.TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
    }
}

/// <summary>Durable payloads go through the worker's serializer, as in a function app.</summary>
internal sealed class SerializerDataConverter(ObjectSerializer serializer) : DataConverter
{
    public override string? Serialize(object? value) =>
        value is null ? null : serializer.Serialize(value, value.GetType(), CancellationToken.None).ToString();

    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : Payload.Deserialize(BinaryData.FromString(data), targetType, serializer);
}

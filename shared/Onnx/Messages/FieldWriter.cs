using Google.Protobuf;

namespace HsNas.Onnx.Messages;

/// <summary>Writes fields by number.</summary>
internal sealed class FieldWriter(CodedOutputStream stream)
{
    /// <summary>A string.</summary>
    public void Text(int field, string value)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteString(value);
    }

    /// <summary>A signed integer or an enumeration's value.</summary>
    public void Number(int field, long value)
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(value);
    }

    /// <summary>A 32-bit float.</summary>
    public void Float(int field, float value)
    {
        stream.WriteTag(field, WireFormat.WireType.Fixed32);
        stream.WriteFloat(value);
    }

    /// <summary>Bytes.</summary>
    public void Bytes(int field, byte[] value)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
    }

    /// <summary>Messages, one after the other.</summary>
    public void Messages(int field, params IEnumerable<OnnxMessage> messages)
    {
        foreach (var message in messages) Bytes(field, message.ToBytes());
    }
}

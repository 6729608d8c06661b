using Google.Protobuf;

namespace HsNas.Onnx.Messages;

/// <summary>
/// A message of the ONNX format in the protocol buffers wire form. Only the messages and fields that the graphs here need exist;
/// each has the number that the ONNX specification (IR version 8) gives it.
/// </summary>
internal abstract record OnnxMessage
{
    /// <summary>The message's bytes, without a length before them.</summary>
    public byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using (var stream = new CodedOutputStream(memory, leaveOpen: true)) Write(new FieldWriter(stream));
        return memory.ToArray();
    }

    /// <summary>Writes the fields.</summary>
    protected abstract void Write(FieldWriter fields);
}

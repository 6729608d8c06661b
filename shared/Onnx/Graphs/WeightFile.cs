using HsNas.Onnx.Messages;

namespace HsNas.Onnx.Graphs;

/// <summary>The weights of several graphs in one file, each of them once.</summary>
/// <param name="name">The file's name; it lies beside the graphs.</param>
internal sealed class WeightFile(string name)
{
    // Runtimes map the file into memory, and vector instructions read best from such places.
    private const int Alignment = 64;

    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, ExternalTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>The file.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <summary>The tensor of that name; its values are made and written when it is asked for first.</summary>
    public ExternalTensor Tensor(string tensor, IReadOnlyList<long> shape, ElementType type, Func<byte[]> values)
    {
        if (_tensors.TryGetValue(tensor, out var known)) return known;
        while (_bytes.Count % Alignment != 0) _bytes.Add(0);
        var content = values();
        var added = new ExternalTensor(tensor, shape, type, name, _bytes.Count, content.Length);
        _bytes.AddRange(content);
        return _tensors[tensor] = added;
    }
}

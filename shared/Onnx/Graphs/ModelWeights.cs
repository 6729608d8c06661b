using HsNas.Models;
using HsNas.Spaces;

namespace HsNas.Onnx.Graphs;

/// <summary>A model's weights by what they are for.</summary>
/// <param name="files">The model.</param>
internal sealed class ModelWeights(ModelFiles files)
{
    /// <summary>Its subtransformer.</summary>
    public Architecture Architecture => files.Config.Architecture;

    /// <summary>Width Q of queries, keys and values.</summary>
    public int QkvDim => files.Config.QkvDim;

    /// <summary>Rows V of the embedding table.</summary>
    public int Vocabulary => files.Config.VocabularySize;

    /// <summary>Width of the table of positions, of which layers read the first columns.</summary>
    public int PositionDim => files.Config.PositionDim;

    /// <summary>A tensor of that name and shape.</summary>
    /// <exception cref="InvalidDataException">The weights hold none.</exception>
    public HostTensor Tensor(string name, params long[] shape) =>
        files.Tensors.TryGetValue(name, out var found) && found.Shape.SequenceEqual(shape) ? found
            : throw new InvalidDataException($"{ModelFiles.WeightsFile} holds no {name} [{string.Join(", ", shape)}].");

    /// <summary>A linear map from <paramref name="inputs"/> to <paramref name="outputs"/> values.</summary>
    public LinearMap Linear(string name, int outputs, int inputs) =>
        new(name, Tensor(name + ".weight", outputs, inputs), Tensor(name + ".bias", outputs));

    /// <summary>
    /// A linear map whose first results are queries of attention with that many heads. Attention divides them by the root of a
    /// head's width; here the map does.
    /// </summary>
    public LinearMap Queries(string name, int outputs, int inputs, int heads) =>
        Linear(name, outputs, inputs).Scaled(QkvDim, 1 / Math.Sqrt(QkvDim / heads));
}

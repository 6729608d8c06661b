using System.Text;
using System.Text.Json;
using HsNas.Kernel;
using HsNas.Models;
using HsNas.Onnx.Graphs;
using HsNas.Onnx.Messages;

namespace HsNas.Onnx;

/// <summary>Writes a trained model as ONNX graphs, with all that a program needs to translate with them.</summary>
public static class OnnxExporter
{
    /// <summary>The files of the ONNX model, by name.</summary>
    /// <exception cref="InvalidDataException">
    /// The weights are not those of the model's architecture; the message names the file.
    /// </exception>
    public static IReadOnlyDictionary<string, byte[]> Export(ModelFiles model, OnnxPrecision precision, CardFacts? facts = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (weights, file) = (new ModelWeights(model), new WeightFile(OnnxFiles.Weights));
        MatrixProducts products = precision == OnnxPrecision.Int8 ? new ByteProducts() : new FloatProducts();
        var (encoder, decoder) = (EncoderGraph.Build(weights, products, file), DecoderGraph.Build(weights, products, file));
        EntryMessage[] metadata =
        [
            new("task", model.Config.Task), new("architecture", model.Config.Architecture.Key), new("precision", $"{precision}"),
        ];
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [OnnxFiles.Encoder] = new ModelMessage(encoder, metadata).ToBytes(),
            [OnnxFiles.Decoder] = new ModelMessage(decoder, metadata).ToBytes(),
            [OnnxFiles.Weights] = file.ToBytes(),
            [OnnxFiles.Architecture] = JsonSerializer.SerializeToUtf8Bytes(model.Config, Json.Indented),
            [ModelFiles.VocabularyFile] = JsonSerializer.SerializeToUtf8Bytes(model.Vocabulary, Json.Options),
            [OnnxFiles.Generation] = JsonSerializer.SerializeToUtf8Bytes(GenerationSettings.Of(new BeamOptions()), Json.Indented),
        };
        files[OnnxFiles.Card] = Encoding.UTF8.GetBytes(ModelCard.Of(model.Config, facts ?? new CardFacts(), $"ONNX, {precision}", files));
        return files;
    }
}

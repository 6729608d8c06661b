namespace HsNas.Onnx;

/// <summary>Names of the files of an ONNX model.</summary>
public static class OnnxFiles
{
    /// <summary>The encoder's graph.</summary>
    public const string Encoder = "encoder.onnx";

    /// <summary>The graph of one step of the decoder.</summary>
    public const string Decoder = "decoder.onnx";

    /// <summary>The weights of both.</summary>
    public const string Weights = "model.onnx.data";

    /// <summary>What the model is: its <see cref="Models.ExportedConfig"/>.</summary>
    public const string Architecture = "architecture.json";

    /// <summary>The <see cref="GenerationSettings"/>.</summary>
    public const string Generation = "generation.json";

    /// <summary>The model card.</summary>
    public const string Card = "README.md";
}

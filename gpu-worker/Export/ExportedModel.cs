using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Supernets;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Export;

/// <summary>A model that <see cref="ModelExporter"/> wrote: translates text.</summary>
internal sealed class ExportedModel : IDisposable
{
    private readonly BeamSearch _search;

    private ExportedModel(ExportedConfig config, SuperTransformer model, BytePairVocabulary vocabulary, Device device)
    {
        (Config, Model, Vocabulary) = (config, model, vocabulary);
        _search = new BeamSearch(model, config.Architecture, new BeamOptions(), device);
    }

    /// <summary>What it is.</summary>
    public ExportedConfig Config { get; }

    /// <summary>A supernet just large enough for the one architecture.</summary>
    public SuperTransformer Model { get; }

    /// <summary>Its subwords.</summary>
    public BytePairVocabulary Vocabulary { get; }

    /// <summary>Loads the files of a folder.</summary>
    /// <exception cref="InvalidDataException">A file is missing, damaged, or not of the architecture that
    /// the configuration names.</exception>
    public static ExportedModel Load(string folder, Device device) => Load(ModelFiles.Read(folder), device);

    /// <summary>Loads the files that <paramref name="read"/> returns by name.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or not of the architecture that the configuration names.</exception>
    public static ExportedModel Load(Func<string, byte[]> read, Device device) => Load(ModelFiles.Read(read), device);

    /// <summary>Translates lines; an empty line stays empty.</summary>
    /// <exception cref="InvalidInputLineException">A line is too long for the model.</exception>
    public IReadOnlyList<string> Translate(IReadOnlyList<string> lines)
    {
        var result = new string[lines.Count];
        Array.Fill(result, "");
        var sources = lines.Select(Vocabulary.Encode).ToArray();
        int[] filled = [.. Enumerable.Range(0, lines.Count).Where(i => sources[i].Length > 0)];
        if (filled.Length == 0) return result;
        var longest = filled.MaxBy(i => sources[i].Length);
        if (sources[longest].Length >= SuperTransformer.MaxLength)
            throw new InvalidInputLineException(
                longest, $"{sources[longest].Length} subwords; at most {SuperTransformer.MaxLength - 1} can be translated.");
        var translations = _search.Translate([.. filled.Select(i => sources[i])]);
        for (var i = 0; i < filled.Length; i++) result[filled[i]] = Vocabulary.Decode(translations[i]);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    private static ExportedModel Load(ModelFiles files, Device device)
    {
        var model = new SuperTransformer(ShapeOf(files.Config));
        Fill(model, files.Config.Architecture, files.Tensors);
        model.to(device);
        return new ExportedModel(files.Config, model, files.Vocabulary, device);
    }

    private static ModelShape ShapeOf(ExportedConfig config)
    {
        Architecture a = config.Architecture;
        return new ModelShape(config.PositionDim, config.QkvDim, a.EncoderFfnDims.Max(), a.DecoderFfnDims.Max(),
            a.EncoderLayers, a.DecoderLayers, config.VocabularySize, Dropout: 0, AttentionDropout: 0);
    }

    private static void Fill(SuperTransformer model, Architecture architecture, IReadOnlyDictionary<string, HostTensor> tensors)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var expected = model.Slices(architecture).ToList();
        if (expected.Count != tensors.Count)
            throw new InvalidDataException($"The weights are {tensors.Count} tensors; this architecture has {expected.Count}.");
        foreach (var (name, view) in expected)
        {
            if (!tensors.TryGetValue(name, out var found) || !found.Shape.SequenceEqual(view.shape))
                throw new InvalidDataException($"The weights hold no {name} [{string.Join(", ", view.shape)}].");
            view.copy_(tensor(found.Values, found.Shape));
        }
    }
}

/// <summary>A line cannot be translated; <see cref="Line"/> is its index in the lines given.</summary>
internal sealed class InvalidInputLineException(int line, string message) : Exception(message)
{
    /// <summary>Index of the line.</summary>
    public int Line => line;
}

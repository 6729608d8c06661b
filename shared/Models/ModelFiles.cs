using System.Text.Json;
using HsNas.Kernel;
using HsNas.Translation;

namespace HsNas.Models;

/// <summary>The files of one trained subtransformer, which need neither the supernet nor the search.</summary>
/// <param name="Config">What it is.</param>
/// <param name="Tensors">Its weights by name.</param>
/// <param name="Vocabulary">Its subwords.</param>
public sealed record ModelFiles(ExportedConfig Config, IReadOnlyDictionary<string, HostTensor> Tensors, BytePairVocabulary Vocabulary)
{
    /// <summary>Configuration, <see cref="ExportedConfig"/>.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>Weights, safetensors.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The <see cref="BytePairVocabulary"/>.</summary>
    public const string VocabularyFile = "vocabulary.json";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> Names = [ConfigFile, WeightsFile, VocabularyFile];

    /// <summary>Reads the files of a folder.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged; the message names it.</exception>
    public static ModelFiles Read(string folder)
    {
        var missing = Names.FirstOrDefault(f => !File.Exists(Path.Combine(folder, f)));
        if (missing is not null) throw new InvalidDataException($"'{folder}' is not an exported model: {missing} is missing.");
        return Read(file => File.ReadAllBytes(Path.Combine(folder, file)));
    }

    /// <summary>Reads the files that <paramref name="read"/> returns by name.</summary>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it.</exception>
    public static ModelFiles Read(Func<string, byte[]> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var config = Parse<ExportedConfig>(read, ConfigFile);
        if (config.Format != ExportedConfig.CurrentFormat)
            throw new InvalidDataException(
                $"{ConfigFile} is of form {config.Format}; this version reads {ExportedConfig.CurrentFormat}.");
        var vocabulary = Parse<BytePairVocabulary>(read, VocabularyFile);
        if (vocabulary.Size > config.VocabularySize)
            throw new InvalidDataException(
                $"{VocabularyFile} has {vocabulary.Size} ids, the embedding table {config.VocabularySize} rows.");
        try
        {
            return new ModelFiles(config, SafeTensors.Read(read(WeightsFile)), vocabulary);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw new InvalidDataException($"{WeightsFile}: {e.Message}", e);
        }
    }

    /// <summary>The files by name; <see cref="Read(Func{string, byte[]})"/> reads them.</summary>
    public IReadOnlyDictionary<string, byte[]> ToFiles() => new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        [ConfigFile] = JsonSerializer.SerializeToUtf8Bytes(Config, Json.Indented),
        [WeightsFile] = SafeTensors.Write([.. Tensors.Select(t => (t.Key, t.Value))], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = "pt", ["task"] = Config.Task, ["architecture"] = Config.Architecture.Key, ["config"] = ConfigFile,
        }),
        [VocabularyFile] = JsonSerializer.SerializeToUtf8Bytes(Vocabulary, Json.Options),
    };

    private static T Parse<T>(Func<string, byte[]> read, string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(read(file), Json.Options) ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new InvalidDataException($"{file} cannot be read: {e.Message}", e);
        }
    }
}

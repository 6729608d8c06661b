using System.Text.Json;
using HsNas.Evaluation.TfsEval;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Support;

/// <summary>The published numbers of <c>data/published</c>.</summary>
internal static class Published
{
    /// <summary>The checkout that the tests were built in.</summary>
    public static readonly string Repository = Find();

    private static readonly string Folder = Path.Combine(Repository, "data", "published");

    public static TaskDefinition EnDe => TaskCatalog.Get("wmt14-en-de");

    public static string TfsEvalFile => Path.Combine(Folder, "seeds", "wmt14-en-de.jsonl");

    public static string LatencyFile => Path.Combine(Folder, "latency", "wmt14-en-de.titan-xp.csv");

    public static TfsEvalSet TfsEval()
    {
        using var reader = new StreamReader(TfsEvalFile);
        return TfsEvalReader.Read(reader, Path.GetFileName(TfsEvalFile), EnDe);
    }

    /// <summary>The rows of the paper's table 1.</summary>
    public static IReadOnlyList<PublishedPredictor> Predictors { get; } = Rows<PublishedPredictor>("predictors");

    /// <summary>The rows of the paper's other tables.</summary>
    public static IReadOnlyList<PublishedSearch> Searches { get; } = Rows<PublishedSearch>("searches");

    private static List<T> Rows<T>(string name)
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        return [.. File.ReadLines(Path.Combine(Folder, "tables", $"{name}.jsonl"))
            .Select(line => JsonSerializer.Deserialize<T>(line, options)!)];
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "HsNas.sln"))) return folder.FullName;
        throw new InvalidOperationException($"HsNas.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}

/// <summary>A row of the paper's table 1; MAE and Kendall's tau by task.</summary>
internal sealed record PublishedPredictor(
    int Table, string Group, string Predictor, IReadOnlyDictionary<string, double> Mae, IReadOnlyDictionary<string, double> Tau,
    double MeanMae, double MeanMaeDeviation, double MeanTau, double MeanTauDeviation);

/// <summary>A row of another table; table 7 names a seed in place of a search.</summary>
internal sealed record PublishedSearch(
    int Table, string Setting, double TestBleu, double LatencyMs, double Gflops, double ModelSizeM, double SearchHours,
    string? Search = null, int? Seed = null);

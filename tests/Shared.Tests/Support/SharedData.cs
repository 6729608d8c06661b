using HsNas.Shared.Predictors.TfsEval;
using HsNas.Shared.Tasks;

namespace HsNas.Shared.Tests.Support;

/// <summary>The published data beside the checkout, which is never part of it.</summary>
internal static class SharedData
{
    public const string TfsEvalFile = "tfs-eval/wmt14-en-de.jsonl";
    public const string LatencyFile = "latency/wmt14-en-de.titan-xp.csv";

    public static string? Folder { get; } = Find();

    public static TaskDefinition EnDe => TaskCatalog.Get("wmt14-en-de");

    public static string Path(string name) => System.IO.Path.Combine(Folder!, name);

    public static TfsEvalSet TfsEval()
    {
        using var reader = new StreamReader(Path(TfsEvalFile));
        return TfsEvalReader.Read(reader, TfsEvalFile, EnDe);
    }

    /// <summary>The rows of one of the paper's tables, by column name.</summary>
    public static List<Dictionary<string, string>> Table(string name)
    {
        var lines = File.ReadAllLines(Path($"paper-tables/{name}.csv"));
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => header.Zip(SplitQuoted(l)).ToDictionary(p => p.First, p => p.Second))];
    }

    private static string[] SplitQuoted(string line)
    {
        var fields = new List<string>();
        var quoted = false;
        var start = 0;
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                fields.Add(line[start..i].Trim('"'));
                start = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
        }

        return [.. fields];
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "HsNas.sln")))
            {
                var data = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.FullName, "..", "shared", "data"));
                return Directory.Exists(data) ? data : null;
            }
        }

        return null;
    }
}

/// <summary>A test of published numbers: skipped, with the reason, where the data is not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedDataFactAttribute : FactAttribute
{
    public PublishedDataFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "The published data (TFS-Eval, the paper's tables, a latency file) is not in ../shared/data.";
        }
    }
}

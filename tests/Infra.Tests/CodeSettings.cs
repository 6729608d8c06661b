using System.Text.RegularExpressions;

namespace HsNas.Infra.Tests;

/// <summary>The settings that the function app and the worker read, found in their sources.</summary>
internal static partial class CodeSettings
{
    private static readonly string[] Folders = ["functions", "gpu-worker", "shared"];

    /// <summary>Their names, as environment variables have them.</summary>
    public static IReadOnlySet<string> All { get; } = Find();

    /// <summary>All text of the programs' sources.</summary>
    public static IReadOnlyList<string> Sources() =>
    [
        .. Folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Bicep.Root, f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText),
    ];

    private static HashSet<string> Find()
    {
        var sources = Sources();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (Match section in Section().Matches(source))
                names.UnionWith(Properties(sources, Name(section, source), section.Groups["type"].Value));
            foreach (Match setting in Constant().Matches(source)) names.Add(setting.Groups["name"].Value);
            foreach (Match expression in Expression().Matches(source)) names.Add(expression.Groups["name"].Value);
            foreach (Match uri in ServiceUri().Matches(source)) names.Add($"AzureWebJobsStorage__{uri.Groups["name"].Value}");
        }

        return names;
    }

    // GetSection("Pipeline").Get<PipelineOptions>(), or GetSection(Section) with a constant.
    private static string Name(Match section, string source) => section.Groups["name"].Success ? section.Groups["name"].Value
        : Regex.Match(source, @"const string Section = ""(?<name>\w+)""", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["name"].Value;

    private static IEnumerable<string> Properties(IReadOnlyList<string> sources, string prefix, string type)
    {
        var source = sources.Single(s => s.Contains($"record {type}\n", StringComparison.Ordinal)
            || s.Contains($"record {type}\r", StringComparison.Ordinal));
        var start = source.IndexOf($"record {type}", StringComparison.Ordinal);
        var end = source.IndexOf("\n}", start, StringComparison.Ordinal);
        foreach (Match property in Property().Matches(source[start..end]))
        {
            var (name, inner) = (property.Groups["name"].Value, property.Groups["type"].Value.TrimEnd('?'));
            if (inner.EndsWith("Options", StringComparison.Ordinal))
                foreach (var nested in Properties(sources, $"{prefix}__{name}", inner)) yield return nested;
            else yield return $"{prefix}__{name}";
        }
    }

    [GeneratedRegex(@"GetSection\((?:""(?<name>\w+)""|Section)\)\.Get<(?<type>\w+)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"const string \w+Setting = ""(?<name>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();

    [GeneratedRegex(@"""%(?<name>\w+)%""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"ServiceUri\(""(?<name>\w+)""\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ServiceUri();

    [GeneratedRegex(@"public (?<type>[\w?]+) (?<name>\w+) \{ get; init; \}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();
}

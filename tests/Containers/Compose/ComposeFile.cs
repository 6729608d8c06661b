using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace HsNas.Containers.Tests.Compose;

/// <summary>compose.yaml as Docker reads it: variables filled in, aliases and merges followed.</summary>
internal sealed partial class ComposeFile
{
    public string Name { get; set; } = "";

    public Dictionary<string, ComposeService> Services { get; set; } = [];

    public Dictionary<string, object?> Volumes { get; set; } = [];

    [YamlMember(Alias = "x-confined", ApplyNamingConventions = false)]
    public object? Confined { get; set; }

    [YamlMember(Alias = "x-storage", ApplyNamingConventions = false)]
    public object? Storage { get; set; }

    /// <summary>Reads a file's text with these variables; others take the file's own defaults.</summary>
    public static ComposeFile Parse(string text, IReadOnlyDictionary<string, string> variables)
    {
        var deserializer = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        var parser = new MergingParser(new Parser(new StringReader(Fill(text, variables))));
        parser.Consume<StreamStart>();
        return deserializer.Deserialize<ComposeFile>(parser);
    }

    /// <summary>Services, those that others depend on first.</summary>
    public IEnumerable<(string Name, ComposeService Service)> InOrder()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (done.Count < Services.Count)
        {
            var next = Services.First(s => !done.Contains(s.Key) && s.Value.DependsOn.All(done.Contains));
            done.Add(next.Key);
            yield return (next.Key, next.Value);
        }
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> variables) => Variable().Replace(text, match =>
        variables.TryGetValue(match.Groups["name"].Value, out var value) ? value
            : match.Groups["operator"].Value == ":-" ? match.Groups["rest"].Value
            : throw new KeyNotFoundException($"compose.yaml wants {match.Value}."));

    [GeneratedRegex(@"\$\{(?<name>\w+)(?:(?<operator>:-|:\?)(?<rest>[^}]*))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}

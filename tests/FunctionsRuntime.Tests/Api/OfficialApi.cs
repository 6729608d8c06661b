using System.Text.RegularExpressions;

namespace HsNas.FunctionsRuntime.Tests.Api;

/// <summary>What the official packages offer: OfficialApi.txt in the lines of <see cref="PublicApi"/>.</summary>
internal sealed partial class OfficialApi
{
    private static readonly string[] ValueTypes =
    [
        "bool", "byte", "int", "long", "double", "TimeSpan", "DateTime", "DateTimeOffset", "Guid", "CancellationToken", "HttpStatusCode",
    ];

    private readonly HashSet<string> values;

    private OfficialApi(IReadOnlyList<string> lines)
    {
        values = [.. ValueTypes, .. lines.Select(line => Declared().Match(line)).Where(m => m.Success).Select(m => m.Groups[1].Value)];
        var space = "";
        var type = "";
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.StartsWith("namespace ", StringComparison.Ordinal))
            {
                space = line["namespace ".Length..];
            }
            else if (line[0] != ' ')
            {
                type = $"{space}.{Add(space, line)}";
            }
            else
            {
                Members.Add($"{type}: {WithoutReferenceMarks(line.Trim().Replace("[Obsolete] ", "", StringComparison.Ordinal))}");
            }
        }
    }

    /// <summary>Kind, base and interfaces of each type, by its full name.</summary>
    internal Dictionary<string, (string Kind, IReadOnlyList<string> Bases)> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>All members: "Namespace.Type: member".</summary>
    internal HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    internal static OfficialApi Read(string file) => new(File.ReadAllLines(file));

    /// <summary>The types of a list.</summary>
    internal static IReadOnlyList<string> Split(string types) => types.Length == 0 ? [] : Comma().Split(types);

    private string Add(string space, string declaration)
    {
        var parts = declaration.Split(" : ", 2);
        var name = parts[0][(parts[0].IndexOf(Kinds().Match(parts[0]).Value, StringComparison.Ordinal)
            + Kinds().Match(parts[0]).Length)..].Trim();
        Types[$"{space}.{name}"] =
            (parts[0][..^name.Length].Trim(), parts.Length > 1 ? Split(WithoutReferenceMarks(parts[1])) : []);
        return name;
    }

    private string WithoutReferenceMarks(string text) =>
        Marked().Replace(text, match => values.Contains(match.Groups[1].Value) ? match.Value : match.Groups[1].Value);

    [GeneratedRegex(@"^(?:enum|struct) (\w+)")]
    private static partial Regex Declared();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum|delegate)\b")]
    private static partial Regex Kinds();

    [GeneratedRegex(@"([\w>\]]+)\?")]
    private static partial Regex Marked();

    // A comma between types, not between the arguments of one.
    [GeneratedRegex(@", (?![^<]*>)")]
    private static partial Regex Comma();
}

using System.Text.RegularExpressions;

namespace HsNas.Functions.Tests.Routes;

/// <summary>One request of a file in samples/http.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Verb">HTTP method.</param>
/// <param name="Path">Path with its variables, for example "/api/searches/{{id}}".</param>
/// <param name="Body">Body; empty where there is none.</param>
internal sealed partial record HttpSample(string File, string Verb, string Path, string Body)
{
    /// <summary>All requests of all samples, which the build copies beside the tests.</summary>
    public static IReadOnlyList<HttpSample> All { get; } =
    [
        .. Directory.GetFiles(System.IO.Path.Combine(AppContext.BaseDirectory, "samples"), "*.http")
            .Order(StringComparer.Ordinal).SelectMany(Read),
    ];

    /// <summary>The request as a route of the app is written: "GET /api/searches/{id}".</summary>
    public string Route => $"{Verb} {Variable().Replace(Path.Split('?')[0], "{$1}")}";

    /// <summary>Variables that a request uses and its file does not define.</summary>
    public IReadOnlyList<string> Undefined { get; private init; } = [];

    private static IEnumerable<HttpSample> Read(string file)
    {
        var text = System.IO.File.ReadAllText(file);
        var defined = Definition().Matches(text).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        foreach (var part in Regex.Split(text, "^###.*$", RegexOptions.Multiline).Skip(1))
        {
            var (head, body) = part.Trim().Split("\n\n", 2) is [var first, var second] ? (first, second) : (part.Trim(), "");
            var line = RequestLine().Match(head);
            Assert.True(line.Success, $"{System.IO.Path.GetFileName(file)} has no request in: {head}");
            yield return new HttpSample(System.IO.Path.GetFileName(file), line.Groups[1].Value, line.Groups[2].Value, body.Trim())
            {
                Undefined = [.. Variable().Matches(part).Select(m => m.Groups[1].Value).Where(v => !defined.Contains(v))],
            };
        }
    }

    [GeneratedRegex(@"^@(\w+) *=", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"^([A-Z]+) \{\{host\}\}(/\S+)$", RegexOptions.Multiline)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Variable();
}

using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Direction;

/// <summary>
/// Arrows point one way. Between projects the compiler sees to it; this holds the namespaces inside a project to it too. A namespace
/// depends on another one where a file of it names a type of the other.
/// </summary>
public sealed class DirectionTests
{
    // The namespaces of local/FunctionsRuntime are the official packages'.
    private static readonly string[] Folders =
        ["shared", "functions", "gpu-worker", "cli", "local/InContextModel", "local/Libstdcxx", "local/Stack", "tests/Trials"];

    [Fact]
    public void No_namespace_depends_on_one_that_depends_on_it()
    {
        var files = Folders.SelectMany(f => SourceFile.Below(Published.Repository, f)).ToList();
        Assert.True(files.Count > 300, $"Only {files.Count} files were read.");
        var arrows = Arrows(files);
        var cycles = arrows.Keys.Where(n => Reachable(arrows, n).Contains(n)).Order(StringComparer.Ordinal).ToList();
        Assert.True(cycles.Count == 0, string.Join('\n', cycles.SelectMany(n => arrows[n].Where(a => Reachable(arrows, a.Key).Contains(n))
            .Select(a => $"{n} -> {a.Key}: {a.Value}"))));
    }

    [Fact]
    public void A_cycle_is_seen()
    {
        SourceFile[] files =
        [
            new("a.cs", "A", new HashSet<string> { "A", "B" }, ["OfA"], new HashSet<string> { "OfA", "OfB" }),
            new("b.cs", "B", new HashSet<string> { "B", "C" }, ["OfB"], new HashSet<string> { "OfB", "OfC" }),
            new("c.cs", "C", new HashSet<string> { "C", "A" }, ["OfC"], new HashSet<string> { "OfC", "OfA" }),
        ];
        Assert.Contains("A", Reachable(Arrows(files), "A"));
    }

    // Namespace to the namespaces it depends on, each with one file and type that show it.
    private static Dictionary<string, Dictionary<string, string>> Arrows(IReadOnlyCollection<SourceFile> files)
    {
        var homes = files.SelectMany(f => f.Declared.Select(type => (type, f.Namespace))).Distinct()
            .ToLookup(d => d.type, d => d.Namespace, StringComparer.Ordinal);
        var arrows = files.Select(f => f.Namespace).Distinct()
            .ToDictionary(n => n, _ => new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var file in files)
            foreach (var word in file.Named)
                foreach (var home in homes[word].Where(h => h != file.Namespace && file.Visible.Contains(h)))
                    arrows[file.Namespace].TryAdd(home, $"{file.Path} names {word}");
        return arrows;
    }

    private static HashSet<string> Reachable(Dictionary<string, Dictionary<string, string>> arrows, string from)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(arrows[from].Keys);
        while (open.TryPop(out var next))
            if (found.Add(next)) foreach (var further in arrows[next].Keys) open.Push(further);
        return found;
    }
}

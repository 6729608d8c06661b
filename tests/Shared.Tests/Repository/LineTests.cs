using System.Text.RegularExpressions;

namespace HsNas.Shared.Tests.Repository;

/// <summary>Lines and files are short enough to be read, and comments cite what the repository holds.</summary>
public sealed partial class LineTests
{
    private const int MostColumns = 140;
    private const int MostLines = 300;
    private const int MedianLines = 60;
    private const int NinetiethPercentile = 130;
    private const int MostShown = 100;

    private static readonly string[] Pages = [".razor", ".js", ".css"];

    private static readonly string[] Texts = [".cs", ".md", ".sh", ".props", ".csproj", ".targets", ".yaml", ".bicep", .. Pages];

    // Written by commands; their tables are as wide as their columns.
    private static readonly string[] Written = ["docs/predictors.md", "docs/results.md"];

    // In two parts, so that this file does not hold it.
    private static readonly string NotesOutside = "hsnas-" + "facts";

    [Fact]
    public void No_line_is_longer_than_140_columns() => None(
        from file in Checkout.Files(Texts).Except(Written)
        from line in Checkout.Lines(file).Select((text, i) => (Text: text, Number: i + 1))
        where line.Text.Length > MostColumns && !MayBeLong(file, line.Text)
        select $"{file}:{line.Number} has {line.Text.Length} columns");

    [Theory]
    [InlineData("a.md", "| a table row |", true)]
    [InlineData("a.md", "See https://example.org/a for more.", true)]
    [InlineData("a.cs", "// See https://example.org/a for more.", true)]
    [InlineData("a.cs", "| a | b |", false)]
    [InlineData("a.md", "Prose.", false)]
    public void Table_rows_and_addresses_may_be_long(string file, string text, bool mayBeLong) =>
        Assert.Equal(mayBeLong, MayBeLong(file, text));

    [Fact]
    public void No_source_has_more_than_300_lines() =>
        None(Sizes([".cs", .. Pages]).Where(s => s.Lines > MostLines).Select(s => $"{s.File} has {s.Lines} lines"));

    [Fact]
    public void Most_sources_are_small()
    {
        var sizes = Sizes(".cs").Select(s => s.Lines).Order().ToList();
        var (median, ninetieth) = (sizes[sizes.Count / 2], sizes[sizes.Count * 9 / 10]);
        Assert.True(median <= MedianLines, $"The median source has {median} lines; at most {MedianLines} are allowed.");
        Assert.True(ninetieth <= NinetiethPercentile, $"A tenth of the sources has {ninetieth} lines or more.");
    }

    [Fact]
    public void Nothing_cites_notes_outside_of_the_repository() => None(
        from file in Checkout.Files(Texts)
        where Checkout.Lines(file).Any(line => line.Contains(NotesOutside, StringComparison.OrdinalIgnoreCase))
        select file);

    // Assert.Empty would show the first few only, and those cut.
    private static void None(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, $"{all.Count} in all:\n{string.Join('\n', all.Take(MostShown))}");
    }

    private static IEnumerable<(string File, int Lines)> Sizes(params string[] endings) =>
        Checkout.Files(endings).Select(f => (f, Checkout.Lines(f).Length));

    private static bool MayBeLong(string file, string line) =>
        Address().IsMatch(line) || (file.EndsWith(".md", StringComparison.Ordinal) && line.TrimStart().StartsWith('|'));

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}

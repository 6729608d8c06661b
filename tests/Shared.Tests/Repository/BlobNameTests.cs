using System.Text.RegularExpressions;

namespace HsNas.Shared.Tests.Repository;

public sealed partial class BlobNameTests
{
    private static readonly string[] Tests = ["tests/"];

    [Fact]
    public void Only_the_layout_spells_names_of_blobs()
    {
        var others = Checkout.Files(".cs")
            .Where(f => !Tests.Any(t => f.StartsWith(t, StringComparison.Ordinal)))
            .Where(f => !f.StartsWith("shared/Contracts/BlobLayout", StringComparison.Ordinal));
        var spelled = others.SelectMany(f => Checkout.Lines(f).Where(l => Spelled().IsMatch(l)).Select(l => $"{f}: {l.Trim()}"));

        Assert.Empty(spelled);
    }

    [Theory]
    [InlineData("new BlobPath(BlobLayout.Jobs, $\"{id}/input.json\")", true)]
    [InlineData("static BlobPath Of(string id) => new(BlobLayout.Jobs, \"input.json\");", true)]
    [InlineData("new BlobPath(BlobLayout.Jobs, name)", false)]
    public void A_name_is_spelled_where_it_is_text(string line, bool expected) => Assert.Equal(expected, Spelled().IsMatch(line));

    // Names that come from a listing are no text.
    [GeneratedRegex("""new(?: BlobPath)?\(BlobLayout\.\w+, \$?"|BlobPath\.Parse\(\$?"|new BlobPath\("|Async\(BlobLayout\.\w+, \$"[^"]""")]
    private static partial Regex Spelled();
}

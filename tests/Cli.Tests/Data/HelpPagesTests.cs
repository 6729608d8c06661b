using HsNas.Cli.Data;
using HsNas.Cli.Tests.Support;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Data;

public class HelpPagesTests
{
    [Fact]
    public void Blocks_are_keyed_by_id_or_tag_and_by_occurrence()
    {
        const string page = """<h1 id="hd_1" dir="auto">Title</h1><p>One</p><p>Two</p><p id="par_7">Three</p><p id="par_7">Four</p>""";
        var blocks = HelpPages.Blocks(Page(page));

        Assert.Equal([("hd_1#1", "Title"), ("p#1", "One"), ("p#2", "Two"), ("par_7#1", "Three"), ("par_7#2", "Four")], blocks);
    }

    [Fact]
    public void Tags_entities_and_white_space_become_plain_text()
    {
        var (_, text) = Assert.Single(
            HelpPages.Blocks(Page("<p class=\"x\">Press <b>Ctrl</b>\n   &amp; <a href=\"u\">F&uuml;nf</a> </p>")));

        Assert.Equal("Press Ctrl & Fünf", text);
    }

    [Fact]
    public void The_hidden_variant_is_left_out()
    {
        const string page = """<p>Press <span class="MAC">Command</span><span class="DEFAULT">Ctrl</span>+A</p>""";
        var (_, text) = Assert.Single(HelpPages.Blocks(Page(page)));

        Assert.Equal("Press Ctrl+A", text);
    }

    [Fact]
    public void Only_the_display_area_counts()
    {
        Assert.Empty(HelpPages.Blocks("<p>outside</p>"));
        Assert.Equal(["inside"], HelpPages.Blocks(
            "<p>before</p><div id=\"DisplayArea\"><p>inside</p></div><div id=\"SearchFrame\"><p>after</p>").Select(b => b.Text));
    }

    [Fact]
    public void Pages_are_paired_by_path_and_blocks_by_key()
    {
        using var folder = new TemporaryFolder();
        folder.Write("en/a/x.html", Page("""<p id="p1">First block</p><p id="p2">Only here</p>"""));
        folder.Write("de/a/x.html", Page("""<p id="p1">Erster Block</p><p id="p3">Nur hier</p>"""));
        folder.Write("en/lonely.html", Page("<p>Nobody</p>"));

        var pairs = HelpPages.Read(Path.Combine(folder.Path, "en"), Path.Combine(folder.Path, "de"));

        Assert.Equal([new SentencePair("First block", "Erster Block")], pairs);
    }

    private static string Page(string body) => $"<html><p>menu</p><div id=\"DisplayArea\">{body}</div></html>";
}

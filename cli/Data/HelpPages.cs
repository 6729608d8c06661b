using System.Net;
using System.Text.RegularExpressions;
using HsNas.Translation;

namespace HsNas.Cli.Data;

/// <summary>Aligned paragraphs of LibreOffice's help: the same page in two languages has the same block ids.</summary>
internal static partial class HelpPages
{
    /// <summary>Paragraph pairs of every page found under both folders, in path order.</summary>
    public static IEnumerable<SentencePair> Read(string sourceFolder, string targetFolder)
    {
        var pages = Directory.EnumerateFiles(sourceFolder, "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        foreach (var page in pages)
        {
            var twin = Path.Combine(targetFolder, Path.GetRelativePath(sourceFolder, page));
            if (!File.Exists(twin)) continue;
            var targets = Blocks(File.ReadAllText(twin)).ToDictionary(b => b.Key, b => b.Text, StringComparer.Ordinal);
            foreach (var (key, text) in Blocks(File.ReadAllText(page)))
                if (targets.TryGetValue(key, out var target)) yield return new SentencePair(text, target);
        }
    }

    /// <summary>Paragraphs and headings of the page body, keyed by id (or tag) and occurrence.</summary>
    public static IEnumerable<(string Key, string Text)> Blocks(string html)
    {
        var start = html.IndexOf("id=\"DisplayArea\"", StringComparison.Ordinal);
        if (start < 0) yield break;
        var end = html.IndexOf("id=\"SearchFrame\"", start, StringComparison.Ordinal);
        var body = end < 0 ? html[start..] : html[start..end];
        var occurrences = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match match in Block().Matches(body))
        {
            var id = Id().Match(match.Groups["attributes"].Value);
            var name = id.Success ? id.Groups[1].Value : match.Groups["tag"].Value;
            var occurrence = occurrences[name] = occurrences.GetValueOrDefault(name) + 1;
            yield return ($"{name}#{occurrence}", PlainText(match.Groups["content"].Value));
        }
    }

    private static string PlainText(string html) =>
        CorpusCleaner.FoldWhiteSpace(WebUtility.HtmlDecode(Tag().Replace(MacVariant().Replace(html, ""), "")));

    [GeneratedRegex(
        """<(?<tag>p|h[1-6])\b(?<attributes>[^>]*)>(?<content>.*?)</\k<tag>>""",
        RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    [GeneratedRegex("""\bid="([^"]+)"(?:\s|$)""")]
    private static partial Regex Id();

    // The page shows one of two variants by script; the Macintosh one is hidden.
    [GeneratedRegex("""<span[^>]*class="MAC"[^>]*>.*?</span>""", RegexOptions.Singleline)]
    private static partial Regex MacVariant();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}

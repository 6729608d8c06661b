using System.Text.RegularExpressions;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>What can be checked of a page without a browser.</summary>
internal static partial class Markup
{
    private static readonly HashSet<string> Void = ["meta", "br", "hr", "img", "input", "link", "!doctype"];

    /// <summary>Fails unless every element is closed in order and nothing is fetched from elsewhere.</summary>
    public static void AssertSelfContained(string page)
    {
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        var open = new Stack<string>();
        foreach (Match tag in Tags().Matches(page))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            if (Void.Contains(name) || tag.Groups["self"].Length > 0) continue;
            if (tag.Groups["end"].Length == 0) open.Push(name);
            else Assert.Equal(open.Pop(), name);
        }

        Assert.Empty(open);
        Assert.Empty(Fetches().Matches(page).Select(m => m.Value));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("""<(?<end>/?)(?<name>[!a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*?)?(?<self>/?)>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();

    // url(#...) names a part of the page itself.
    [GeneratedRegex("""(src|href)\s*=|@import|url\((?!#)|<script|<link|<iframe""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Fetches();
}

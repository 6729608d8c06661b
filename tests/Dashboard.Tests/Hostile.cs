using System.Text.RegularExpressions;

namespace HsNas.Dashboard.Tests;

/// <summary>Texts that a page must show and never obey.</summary>
internal static partial class Hostile
{
    /// <summary>Would run a script where it is not escaped.</summary>
    public const string Text = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;</style></text>";

    /// <summary>Fails where the text stands in a page as it is, or where the page holds anything that a strict policy forbids.</summary>
    public static void AssertHarmless(string html)
    {
        Assert.DoesNotContain("<script>alert", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Forbidden().Matches(html).Select(m => m.Value));
    }

    // Attributes of tags only: escaped texts may say what they like.
    [GeneratedRegex("<[a-z][^<>]*\\s(?:on[a-z]+|style|srcdoc)=\"[^\"]*\"|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}

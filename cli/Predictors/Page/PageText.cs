using System.Globalization;

namespace HsNas.Cli.Predictors.Page;

/// <summary>The prose of the page, from the files of folder Texts.</summary>
internal static class PageText
{
    private const string Folder = "HsNas.Cli.Predictors.Page.Texts.";

    /// <summary>A text with its placeholders, "{name}", filled in.</summary>
    /// <param name="name">Name of the file without its ending.</param>
    /// <param name="values">What to put in place of each name. Numbers are written without separators.</param>
    public static string Of(string name, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var stream = typeof(PageText).Assembly.GetManifestResourceStream($"{Folder}{name}.md")
            ?? throw new ArgumentException($"There is no text {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        foreach (var (placeholder, value) in values)
            text = text.Replace($"{{{placeholder}}}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return text;
    }
}

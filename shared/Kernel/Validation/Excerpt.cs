namespace HsNas.Kernel.Validation;

/// <summary>Quotes text of unknown length in a message.</summary>
public static class Excerpt
{
    /// <summary>The whole text, or its beginning with "..." behind it.</summary>
    /// <param name="text">What somebody sent.</param>
    /// <param name="longest">Characters (UTF-16 units) that are kept; one less where they would end with half of a surrogate pair.</param>
    public static string Of(string text, int longest) => text.Length <= longest
        ? text
        : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "...";
}

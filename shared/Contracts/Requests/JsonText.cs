using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using HsNas.Kernel.Validation;

namespace HsNas.Contracts.Requests;

/// <summary>
/// Text out of JSON that may hold bytes or escapes that are no Unicode; System.Text.Json reports those only when they are read.
/// </summary>
internal static class JsonText
{
    /// <summary>What stands for a name that cannot be read.</summary>
    public const string Unreadable = "(unreadable name)";

    private const int Longest = 60;

    /// <summary>The string; false where it is no Unicode text.</summary>
    public static bool TryRead(JsonElement element, [NotNullWhen(true)] out string? text) => TryRead(() => element.GetString(), out text);

    /// <summary>The name; false where it is no Unicode text.</summary>
    public static bool TryRead(JsonProperty property, [NotNullWhen(true)] out string? name) => TryRead(() => property.Name, out name);

    /// <summary>The current token's string; false where it is no Unicode text.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }

    /// <summary>A value as messages quote it.</summary>
    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String when !TryRead(element, out _) => "text that is not valid Unicode",
        _ => Shorten(element.GetRawText()),
    };

    /// <summary>
    /// At most sixty characters of a text, never half a one; a pair of quotes for the empty text, so that a name is always seen.
    /// </summary>
    public static string Shorten(string text) => text.Length == 0 ? "\"\"" : Excerpt.Of(text, Longest);

    private static bool TryRead(Func<string?> read, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = read();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }
}

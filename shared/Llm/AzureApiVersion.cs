using System.Globalization;

namespace HsNas.Llm;

/// <summary>Versions of Azure OpenAI's deployments address.</summary>
internal static class AzureApiVersion
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed =
        "a date as YYYY-MM-DD or YYYY-MM-DD-preview, not before 2024-09-01 because older versions do not know max_completion_tokens; "
        + "empty for the v1 address";

    private const string Preview = "-preview";

    private static readonly DateOnly First = new(2024, 9, 1);

    /// <summary>Whether it is a date of that form and in range.</summary>
    public static bool IsValid(string version)
    {
        var date = version.EndsWith(Preview, StringComparison.Ordinal) ? version[..^Preview.Length] : version;
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= First;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace HsNas.Cli.Find.Wishes;

/// <summary>A length of time as a user writes it: 2h, 45m, 1h30m, 900s.</summary>
internal static partial class BudgetText
{
    /// <summary>Least and most that can be asked for.</summary>
    public static readonly (TimeSpan Least, TimeSpan Most) Bounds = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));

    /// <summary>Reads it; false where it is something else, or lies outside of <see cref="Bounds"/>.</summary>
    public static bool TryParse(string text, out TimeSpan budget)
    {
        budget = default;
        if (Form().Match(text) is not { Success: true } match || text.Length == 0) return false;
        var seconds = Number("h") * 3600 + Number("m") * 60 + Number("s");
        if (seconds < Bounds.Least.TotalSeconds || seconds > Bounds.Most.TotalSeconds) return false;
        budget = TimeSpan.FromSeconds(seconds);
        return true;

        double Number(string unit) =>
            match.Groups[unit] is { Success: true } group ? double.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex("^(?:(?<h>[0-9]{1,4})h)?(?:(?<m>[0-9]{1,5})m)?(?:(?<s>[0-9]{1,7})s)?$")]
    private static partial Regex Form();
}

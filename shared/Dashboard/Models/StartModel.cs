using HsNas.Contracts.Requests;

namespace HsNas.Dashboard.Models;

/// <summary>The form that starts a search.</summary>
/// <param name="Fields">All fields of a request.</param>
/// <param name="Tasks">Tasks that can be searched.</param>
public sealed record StartModel(IReadOnlyList<RequestField> Fields, IReadOnlyList<string> Tasks)
{
    /// <summary>What a field may be, in words; the same bounds that the API checks.</summary>
    public static string Range(RequestField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        string Bound(double? value, string words) => value is { } v ? words + Say.Figure(v) : "";
        var range = (field.Least, field.Most) is ({ } low, { } high) ? $"{Number(low)} to {Number(high)}"
            : $"{Bound(field.Least, "at least ")}{Bound(field.Above, "above ")}"
                + Bound(field.Most, field.Above is null ? "at most " : ", at most ") + Bound(field.Below, ", below ");
        var usual = field.Default is { } d
            ? $"default {(d is bool flag ? flag ? "yes" : "no" : d)}" : field.IsNullable ? "may be empty" : "";
        return string.Join("; ", new[] { range, usual }.Where(w => w.Length > 0));
    }

    private static string Number(double value) => value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
}

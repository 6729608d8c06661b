using System.Globalization;
using HsNas.Contracts.Requests;

namespace HsNas.Shared.Tests.Requests;

/// <summary>Fields of a request as a table of docs/requests.md.</summary>
internal static class FieldTable
{
    public static string Of(IEnumerable<RequestField> fields, bool withOptions)
    {
        var head = withOptions
            ? "| field | value | default | option | meaning |\n|---|---|---|---|---|\n"
            : "| field | value | default | meaning |\n|---|---|---|---|\n";
        return head + string.Concat(fields.SelectMany(f => Rows(f, withOptions)));
    }

    private static IEnumerable<string> Rows(RequestField field, bool withOptions)
    {
        var option = withOptions ? $" {(field.Option is { } name ? $"`{name}`" : "")} |" : "";
        yield return $"| `{field.Path}` | {Value(field)} | {Default(field)} |{option} {field.Meaning} |\n";
        foreach (var row in field.Fields.SelectMany(f => Rows(f, withOptions))) yield return row;
    }

    private static string Value(RequestField field) => field switch
    {
        { Pattern: { } pattern } => $"a string that matches `{pattern}`",
        { Above: not null, Most: { } most } => field.Allowed.Replace(", or null", $", at most {most}, or null", StringComparison.Ordinal),
        _ => field.Allowed,
    };

    private static string Default(RequestField field) => field switch
    {
        { IsRequired: true } => "required",
        { Default: bool flag } => flag ? "true" : "false",
        _ => string.Create(CultureInfo.InvariantCulture, $"{field.Default}"),
    };
}

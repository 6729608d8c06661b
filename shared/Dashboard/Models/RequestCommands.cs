using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Contracts.Requests;
using HsNas.Kernel;

namespace HsNas.Dashboard.Models;

/// <summary>A request as commands that start the same search again. Neither holds a key.</summary>
/// <param name="Json">The body, with what differs from the defaults.</param>
/// <param name="Curl">For curl; the shell's variables say where the app is and what its key is.</param>
/// <param name="HsNas">For the command line of this project.</param>
public sealed record RequestCommands(string Json, string Curl, string HsNas)
{
    /// <summary>The commands of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fields">The fields that it may have.</param>
    public static RequestCommands Of(SearchRequest request, IReadOnlyList<RequestField> fields)
    {
        var body = JsonSerializer.SerializeToNode(request, Kernel.Json.Options)!.AsObject();
        Thin(body, fields);
        var json = body.ToJsonString(Kernel.Json.Options);
        var curl = $"curl -X POST \"$HSNAS_APP/api/searches\" -H \"x-functions-key: $HSNAS_KEY\" \\\n"
            + $"  -H 'Content-Type: application/json' -d {Quoted(json)}";
        var options = new StringBuilder("./hsnas search submit");
        Append(options, body, fields);
        return new RequestCommands(json, curl, options.ToString());
    }

    // What a field says anyway where it is left out needs no saying.
    private static void Thin(JsonObject body, IReadOnlyList<RequestField> fields)
    {
        foreach (var field in fields)
        {
            if (!body.TryGetPropertyValue(field.Name, out var value)) continue;
            if (field.Kind == FieldKind.Group && value is JsonObject group)
            {
                Thin(group, field.Fields);
                if (group.Count == 0) body.Remove(field.Name);
            }
            else if (value is null || (field.Default is { } usual
                && JsonNode.DeepEquals(value, JsonSerializer.SerializeToNode(usual, Kernel.Json.Options))))
            {
                body.Remove(field.Name);
            }
        }
    }

    private static void Append(StringBuilder options, JsonObject body, IReadOnlyList<RequestField> fields)
    {
        foreach (var field in fields)
        {
            if (!body.TryGetPropertyValue(field.Name, out var value) || value is null) continue;
            if (value is JsonObject group && field.Option is { } whole)
                options.Append(' ').Append(whole).Append(string.Concat(group.Select(v => $" {Quoted(v.Value)}")));
            else if (value is JsonObject inner) Append(options, inner, field.Fields);
            else if (field.Kind == FieldKind.Flag) options.Append(' ').Append(field.Option);
            else if (value is JsonArray list)
                options.Append(' ').Append(field.Option).Append(string.Concat(list.Select(v => $" {Quoted(v)}")));
            else options.Append(' ').Append(field.Option).Append(' ').Append(Quoted(value));
        }
    }

    private static string Quoted(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var plain) ? Quoted(plain) : value?.ToJsonString() ?? "";

    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ',')
            ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

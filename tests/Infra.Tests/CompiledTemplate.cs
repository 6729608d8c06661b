using System.Text.Json;
using System.Text.RegularExpressions;

namespace HsNas.Infra.Tests;

/// <summary>What Bicep compiled: a template of Azure Resource Manager, its modules nested in it.</summary>
internal sealed partial class CompiledTemplate(JsonElement root)
{
    /// <summary>Every resource of a type, of the template and of its modules.</summary>
    public IEnumerable<(CompiledTemplate Template, JsonElement Resource)> Resources(string type) => Own().SelectMany(r =>
        Text(r, "type") == "Microsoft.Resources/deployments" ? Module(r).Resources(type) : Text(r, "type") == type ? [(this, r)] : []);

    /// <summary>The last parts of the names of all resources of a type, those of a loop one by one.</summary>
    public IEnumerable<string> LastNames(string type) => Resources(type).SelectMany(r => r.Template.LastNames(r.Resource));

    /// <summary>A parameter's declaration.</summary>
    public JsonElement Parameter(string name) => root.GetProperty("parameters").GetProperty(name);

    // "[format('{0}/default/{1}', parameters('name'), variables('containers')[copyIndex()])]"
    private IEnumerable<string> LastNames(JsonElement resource)
    {
        var name = Text(resource, "name");
        return LoopVariable().Match(name) is { Success: true } loop
            ? root.GetProperty("variables").GetProperty(loop.Groups[1].Value).EnumerateArray().Select(v => v.GetString()!)
            : throw new InvalidOperationException($"The name {name} is no loop over a list of the template: this test cannot read it.");
    }

    private static CompiledTemplate Module(JsonElement deployment) => new(deployment.GetProperty("properties").GetProperty("template"));

    // A list, or with symbolic names an object.
    private IEnumerable<JsonElement> Own() => root.GetProperty("resources") is { ValueKind: JsonValueKind.Array } list
        ? list.EnumerateArray() : root.GetProperty("resources").EnumerateObject().Select(p => p.Value);

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    [GeneratedRegex(@"variables\('(\w+)'\)\[copyIndex\(\)\]\)\]$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoopVariable();
}

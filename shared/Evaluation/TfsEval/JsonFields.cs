using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using HsNas.Kernel.Validation;

namespace HsNas.Evaluation.TfsEval;

/// <summary>The fields of one JSON object, read one by one with errors that name them.</summary>
internal sealed class JsonFields
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly StrictJson.ErrorFactory _error;

    public JsonFields(JsonElement element, string path, StrictJson.ErrorFactory error)
    {
        (_element, _path, _error) = (element, path, error);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw error(path.Length == 0 ? "record" : path.TrimEnd('.'), element.GetRawText(), "a JSON object");
        }
    }

    public FieldValue Required(string name) => Optional(name) ?? throw Error(name, "missing", "it to be given");

    public FieldValue? Optional(string name) =>
        _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? new FieldValue(this, value) : null;

    /// <summary>The members of an object-valued field, each an object; empty where the field is missing.</summary>
    public IEnumerable<(string Name, JsonFields Fields)> Object(string name)
    {
        if (!_element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        _ = new JsonFields(value, $"{_path}{name}.", _error);
        return value.EnumerateObject().Select(p => (p.Name, new JsonFields(p.Value, $"{_path}{name}.{p.Name}.", _error)));
    }

    public InvalidInputException Error(string name, string value, string allowed) => _error(_path + name, value, allowed);

    /// <summary>The property name that stands last before a position: the field at fault in broken JSON.</summary>
    public static string LastNameBefore(string text, int position) =>
        Regex.Matches(text[..position], "\"(?<name>[^\"\\\\]+)\"\\s*:") is { Count: > 0 } names ? names[^1].Groups["name"].Value : "record";

    public readonly record struct FieldValue(JsonFields Owner, JsonElement Element)
    {
        public string Text(string name) => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Wrong(name, "a string");

        public int Integer(string name) =>
            Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var value) ? value : throw Wrong(name, "a whole number");

        public double Number(string name, Func<double, bool> holds, string allowed) =>
            Element.ValueKind == JsonValueKind.Number && Element.TryGetDouble(out var value) && double.IsFinite(value) && holds(value)
                ? value : throw Wrong(name, allowed);

        public ImmutableArray<int> Integers(string name)
        {
            if (Element.ValueKind != JsonValueKind.Array)
            {
                throw Wrong(name, "a list of whole numbers");
            }

            var values = ImmutableArray.CreateBuilder<int>();
            foreach (var item in Element.EnumerateArray())
            {
                values.Add(new FieldValue(Owner, item).Integer($"{name}[{values.Count}]"));
            }

            return values.ToImmutable();
        }

        private InvalidInputException Wrong(string name, string allowed) => Owner.Error(name, Element.GetRawText(), allowed);
    }
}

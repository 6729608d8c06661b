using System.Text.Json;
using System.Text.RegularExpressions;

namespace HsNas.Contracts.Requests;

/// <summary>Reads the fields of one JSON object, collecting every fault instead of stopping at the first.</summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<RequestField> _known;
    private readonly string _prefix;
    private readonly List<FieldError> _errors;

    /// <summary>A reader of an object.</summary>
    /// <param name="element">The object, or what was given in its place.</param>
    /// <param name="known">The fields that it may have.</param>
    /// <param name="path">Its own path; "" for the document.</param>
    /// <param name="errors">Where faults are added.</param>
    public FieldReader(JsonElement element, IReadOnlyList<RequestField> known, string path, List<FieldError> errors)
    {
        (_known, _prefix, _errors) = (known, path.Length == 0 ? "" : path + ".", errors);
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError(path.Length == 0 ? "$" : path, $"must be an object, not {JsonText.Describe(element)}."));
            return;
        }

        IsObject = true;
        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryRead(property, out var name))
                errors.Add(new FieldError(path.Length == 0 ? "$" : path, "holds a field whose name is not valid Unicode."));
            else if (!_fields.TryAdd(name, property.Value)) Fault(JsonText.Shorten(name), "is given twice.");
        }
    }

    /// <summary>False where something else than an object was given; that is reported already.</summary>
    public bool IsObject { get; }

    /// <summary>Faults found so far in the whole document.</summary>
    public int Faults => _errors.Count;

    /// <summary>A string; the default where absent. A text of another form than the field's pattern is a fault.</summary>
    public string? Text(RequestField field)
    {
        var text = Get(field, e => e.ValueKind == JsonValueKind.String && JsonText.TryRead(e, out _), e => e.GetString());
        if (text is not null && field.Pattern is not null && !Matches(text, field.Pattern)) Fault(field.Name, field.PatternFault!);
        return text;
    }

    /// <summary>One of a field's choices; the default where absent.</summary>
    public string Choice(RequestField field) => Get(field, e => e.ValueKind == JsonValueKind.String && JsonText.TryRead(e, out var text)
        && field.Choices.Contains(text, StringComparer.Ordinal), e => e.GetString()!)!;

    /// <summary>Different choices in the order given; null where absent or null.</summary>
    public IReadOnlyList<string>? List(RequestField field)
    {
        var entries = Get(field, e => e.ValueKind == JsonValueKind.Array, e => e.EnumerateArray().ToList());
        if (entries is null) return null;
        var texts = entries.Select(e => e.ValueKind == JsonValueKind.String && JsonText.TryRead(e, out var text) ? text : null).ToList();
        var unknown = texts.FindIndex(t => t is null || !field.Choices.Contains(t, StringComparer.Ordinal));
        var given = entries.Count < field.Least || entries.Count > field.Most ? $"{entries.Count}"
            : unknown >= 0 ? JsonText.Describe(entries[unknown])
            : texts.Distinct(StringComparer.Ordinal).Count() < texts.Count ? "the same twice"
            : null;
        if (given is null) return texts!;
        Fault(field.Name, $"must be {field.Allowed}, not {given}.");
        return null;
    }

    /// <summary>A whole number; the default where absent.</summary>
    public int Integer(RequestField field) => OptionalInteger(field)!.Value;

    /// <summary>A whole number; null where it is absent, or null, and has no default.</summary>
    public int? OptionalInteger(RequestField field) =>
        Get<int?>(field, e => e.TryGetInt32(out var v) && v >= field.Least && v <= field.Most, e => e.GetInt32());

    /// <summary>A 64-bit whole number; the default where absent.</summary>
    public long Long(RequestField field) => Get(field, e => e.TryGetInt64(out _), e => e.GetInt64());

    /// <summary>A finite number; the default where absent.</summary>
    public double Number(RequestField field) => OptionalNumber(field)!.Value;

    /// <summary>A finite number; null where it is absent, or null, and has no default.</summary>
    public double? OptionalNumber(RequestField field)
    {
        var value = Get<double?>(field, e => e.TryGetDouble(out var v) && double.IsFinite(v)
            && (field.Above is { } above ? v > above && !(v >= field.Below) : !(v < field.Least) && !(v > field.Most)), e => e.GetDouble());
        if (field.Above is not null && value > field.Most) Fault(field.Name, $"must be at most {field.Most}.");
        return value;
    }

    /// <summary>True or false; the default where absent.</summary>
    public bool Flag(RequestField field) => Get(field, e => e.ValueKind is JsonValueKind.True or JsonValueKind.False, e => e.GetBoolean());

    /// <summary>A nested object; null where absent or null.</summary>
    public FieldReader? Object(RequestField field) =>
        _fields.TryGetValue(field.Name, out var element) && element.ValueKind != JsonValueKind.Null
            ? new FieldReader(element, field.Fields, _prefix + field.Name, _errors)
            : null;

    /// <summary>Whether a group's word is given in its place.</summary>
    public bool IsWord(RequestField group) =>
        group.Word is { } word && _fields.TryGetValue(group.Name, out var element)
        && element.ValueKind == JsonValueKind.String && JsonText.TryRead(element, out var text) && text == word;

    /// <summary>What is given for a field, whatever it is; null where it is absent.</summary>
    public JsonElement? Raw(RequestField field) => _fields.TryGetValue(field.Name, out var element) ? element : null;

    /// <summary>Whether a field is given, well or badly.</summary>
    public bool Has(RequestField field) => _fields.ContainsKey(field.Name);

    /// <summary>Reports a fault of a field.</summary>
    public void Fault(string name, string message) => _errors.Add(new FieldError(_prefix + name, message));

    /// <summary>Reports every field that the object does not have.</summary>
    public void RefuseUnknown()
    {
        foreach (var name in _fields.Keys.Where(n => _known.All(f => f.Name != n)))
            Fault(JsonText.Shorten(name), $"is unknown; allowed: {string.Join(", ", _known.Select(f => f.Name))}.");
    }

    // A "$" of .NET also stands before a last line feed, so the length is compared, too.
    private static bool Matches(string text, string pattern) => Regex.Match(text, pattern).Length == text.Length && text.Length > 0;

    private T? Get<T>(RequestField field, Func<JsonElement, bool> valid, Func<JsonElement, T> read)
    {
        var fallback = field.Default is { } value ? (T)value : default;
        if (!_fields.TryGetValue(field.Name, out var element)) return fallback;
        if (field.IsNullable && element.ValueKind == JsonValueKind.Null) return default;
        var isKind = field.Kind is not (FieldKind.WholeNumber or FieldKind.Number) || element.ValueKind == JsonValueKind.Number;
        if (isKind && valid(element)) return read(element);
        Fault(field.Name, $"must be {field.Allowed}, not {JsonText.Describe(element)}.");
        return fallback;
    }
}

using System.Text.Json;

namespace HsNas.Contracts.Requests;

/// <summary>Reads the fields of one JSON object, collecting every fault instead of stopping at the first.</summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _prefix;
    private readonly List<FieldError> _errors;

    /// <summary>A reader of <paramref name="element"/>, whose own path is <paramref name="path"/> ("" for the document).</summary>
    public FieldReader(JsonElement element, string path, List<FieldError> errors)
    {
        (_prefix, _errors) = (path.Length == 0 ? "" : path + ".", errors);
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new FieldError(path.Length == 0 ? "$" : path, $"must be an object, not {JsonText.Describe(element)}."));
            return;
        }

        IsObject = true;
        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryRead(property, out var name)) errors.Add(new FieldError(path.Length == 0 ? "$" : path, "holds a field whose name is not valid Unicode."));
            else if (!_fields.TryAdd(name, property.Value)) Fault(JsonText.Shorten(name), "is given twice.");
        }
    }

    /// <summary>False where something else than an object was given; that is reported already.</summary>
    public bool IsObject { get; }

    /// <summary>Faults found so far in the whole document.</summary>
    public int Faults => _errors.Count;

    /// <summary>A string; the fallback where absent.</summary>
    public string? Text(string name, string? fallback) =>
        Get(name, "a string", e => e.ValueKind == JsonValueKind.String && JsonText.TryRead(e, out _), e => e.GetString(), fallback);

    /// <summary>A whole number; the fallback where absent.</summary>
    public int Integer(string name, int fallback, int least, int most)
    {
        var value = Get(name, $"a whole number from {least} to {most}",
            e => e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var v) && v >= least && v <= most, e => e.GetInt32(), fallback);
        return value;
    }

    /// <summary>A whole number; null where absent or null.</summary>
    public int? OptionalInteger(string name, int least, int most) => Get<int?>(name, $"a whole number from {least} to {most}, or null",
        e => e.ValueKind == JsonValueKind.Null || (e.ValueKind == JsonValueKind.Number && e.TryGetInt32(out var v) && v >= least && v <= most),
        e => e.ValueKind == JsonValueKind.Null ? null : e.GetInt32(), null);

    /// <summary>One of a few strings; the fallback where absent.</summary>
    public string OneOf(string name, string fallback, IReadOnlyList<string> allowed) => Get(name, $"one of {string.Join(", ", allowed)}",
        e => e.ValueKind == JsonValueKind.String && JsonText.TryRead(e, out var text) && allowed.Contains(text, StringComparer.Ordinal), e => e.GetString()!, fallback);

    /// <summary>A 64-bit whole number; the fallback where absent.</summary>
    public long Long(string name, long fallback) =>
        Get(name, "a whole number", e => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out _), e => e.GetInt64(), fallback);

    /// <summary>A finite number in a range; the fallback where absent.</summary>
    public double Number(string name, double fallback, double least, double most) => Get(name, $"a number from {least} to {most}",
        e => e.ValueKind == JsonValueKind.Number && e.TryGetDouble(out var v) && v >= least && v <= most, e => e.GetDouble(), fallback);

    /// <summary>A positive finite number; null where absent or null.</summary>
    public double? OptionalPositive(string name) => Get<double?>(name, "a number above 0, or null",
        e => e.ValueKind == JsonValueKind.Null || (e.ValueKind == JsonValueKind.Number && e.TryGetDouble(out var v) && v > 0 && double.IsFinite(v)),
        e => e.ValueKind == JsonValueKind.Null ? null : e.GetDouble(), null);

    /// <summary>True or false; the fallback where absent.</summary>
    public bool Flag(string name, bool fallback) =>
        Get(name, "true or false", e => e.ValueKind is JsonValueKind.True or JsonValueKind.False, e => e.GetBoolean(), fallback);

    /// <summary>A nested object; null where absent or null.</summary>
    public FieldReader? Object(string name)
    {
        _known.Add(name);
        return _fields.TryGetValue(name, out var element) && element.ValueKind != JsonValueKind.Null
            ? new FieldReader(element, _prefix + name, _errors)
            : null;
    }

    /// <summary>Whether a field is given, well or badly.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>Reports a fault of a field.</summary>
    public void Fault(string name, string message) => _errors.Add(new FieldError(_prefix + name, message));

    /// <summary>Reports every field that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var name in _fields.Keys.Where(n => !_known.Contains(n)))
            Fault(JsonText.Shorten(name), $"is unknown; allowed: {string.Join(", ", _known)}.");
    }

    private T Get<T>(string name, string allowed, Func<JsonElement, bool> valid, Func<JsonElement, T> read, T fallback)
    {
        _known.Add(name);
        if (!_fields.TryGetValue(name, out var element)) return fallback;
        if (valid(element)) return read(element);
        Fault(name, $"must be {allowed}, not {JsonText.Describe(element)}.");
        return fallback;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace HsNas.Contracts.Requests;

/// <summary>
/// One field of a request. The reader checks values against it, and the command line, the documentation and the schema of the HTTP
/// interface are made from it. Immutable.
/// </summary>
public sealed record RequestField
{
    /// <summary>A field at <paramref name="path"/>, for example "evolution.seed".</summary>
    public RequestField(string path, FieldKind kind, string meaning) => (Path, Kind, Meaning) = (path, kind, meaning);

    /// <summary>Names of the enclosing objects and of the field, joined by dots.</summary>
    public string Path { get; }

    /// <summary>What it holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>What it is for, as one sentence.</summary>
    public string Meaning { get; }

    /// <summary>Its name inside the enclosing object.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>Least allowed number, or fewest entries of a list; null: no bound.</summary>
    public double? Least { get; init; }

    /// <summary>Greatest allowed number, or most entries of a list; null: no bound.</summary>
    public double? Most { get; init; }

    /// <summary>The number must be greater than this; null: no such bound.</summary>
    public double? Above { get; init; }

    /// <summary>The number must be smaller than this; null: no such bound. Only beside <see cref="Above"/>.</summary>
    public double? Below { get; init; }

    /// <summary>Allowed strings of a <see cref="FieldKind.Choice"/> or a <see cref="FieldKind.List"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Regular expression that a text must match; null: any text.</summary>
    public string? Pattern { get; init; }

    /// <summary>Message for a text that does not match <see cref="Pattern"/>.</summary>
    public string? PatternFault { get; init; }

    /// <summary>Whether null is allowed; it means the same as leaving the field out.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether a request without it is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Value where the field is left out; null: none, or one that <see cref="Meaning"/> describes.</summary>
    public object? Default { get; init; }

    /// <summary>A word that may stand in the place of a group; null: none may.</summary>
    public string? Word { get; init; }

    /// <summary>Fields of a <see cref="FieldKind.Group"/>.</summary>
    public IReadOnlyList<RequestField> Fields { get; init; } = [];

    /// <summary>
    /// Option of the command line. A flag that is true by default has an option that turns it off. A group has none, unless one is
    /// set: that one takes the values of all its fields in their order, and they name it, too. Null: no option.
    /// </summary>
    public string? Option
    {
        get => field ?? (Kind == FieldKind.Group ? null : (IsTurnedOff ? "--no-" : "--") + InWords(Name));
        init;
    }

    /// <summary>Whether the option sets the field to false.</summary>
    public bool IsTurnedOff => Kind == FieldKind.Flag && Default is true;

    /// <summary>The allowed values in words, as error messages say them.</summary>
    public string Allowed => Kind switch
    {
        FieldKind.Text => "a string",
        FieldKind.Choice => $"one of {string.Join(", ", Choices)}",
        FieldKind.List => $"a list of {Say(Least!.Value)} to {Say(Most!.Value)} different ones of {string.Join(", ", Choices)}"
            + (IsNullable ? ", or null" : ""),
        FieldKind.Flag => "true or false",
        FieldKind.Group => Word is null ? "an object" : $"an object, or {Word}",
        FieldKind.WholeNumber => "a whole number" + Range,
        _ => "a number" + Range,
    };

    private string Range => (Above, Least) switch
    {
        ({ } above, _) => $" above {Say(above)}" + (Below is { } below ? $" and below {Say(below)}" : ""),
        (_, { } least) => $" from {Say(least)} to {Say(Most!.Value)}",
        _ => "",
    } + (IsNullable ? ", or null" : "");

    private static string Say(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string InWords(string name) => Regex.Replace(name, "(?<=[a-z])(?=[A-Z])", "-").ToLowerInvariant();
}

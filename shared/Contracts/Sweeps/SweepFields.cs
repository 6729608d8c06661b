using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;

namespace HsNas.Contracts.Sweeps;

/// <summary>The fields of a sweep's requests: the only place that says their names, ranges, defaults and meanings.</summary>
public static class SweepFields
{
    /// <summary>Most searches of one sweep, those of rows that were added later included.</summary>
    public const int MostSearches = 1000;

    /// <summary>Most searches of one sweep that may run at once.</summary>
    public const int MostParallel = 16;

    /// <summary>Searches at once where a request does not say.</summary>
    public const int DefaultParallel = 2;

    /// <summary>"name"</summary>
    public static RequestField Name { get; } = new("name", FieldKind.Text, "What the sweep is called in its table.")
    {
        Pattern = @"^[\p{L}\p{N}][^\p{C}]{0,99}$",
        PatternFault = "must begin with a letter or a digit and have at most 100 characters, none of them a control character.",
    };

    /// <summary>"search"</summary>
    public static RequestField Search { get; } =
        OfSearch("What all searches have in common: a request for a search; the grid may give what it lacks.");

    /// <summary>"grid"</summary>
    public static RequestField Grid { get; } = new(
        "grid", FieldKind.Group,
        "Axes by the path of the field of a search that they vary, for example \"limits.latencyMs\", each with the list of its values.")
    {
        IsRequired = true,
    };

    /// <summary>"parallel"</summary>
    public static RequestField Parallel { get; } = new("parallel", FieldKind.WholeNumber, "Searches that may run at once.")
    {
        Least = 1, Most = MostParallel, Default = DefaultParallel,
    };

    /// <summary>"maxCostUsd"</summary>
    public static RequestField MaxCostUsd { get; } =
        new("maxCostUsd", FieldKind.Number, "Most that labels of all searches together may cost, US dollars.")
        {
            Above = 0, Most = LabelCount.MostDollars, IsNullable = true,
        };

    /// <summary>All fields of a request for a sweep, in the order in which they are documented.</summary>
    public static IReadOnlyList<RequestField> All { get; } = [Name, Search, Grid, Parallel, MaxCostUsd];

    /// <summary>All fields of a request for more rows.</summary>
    public static IReadOnlyList<RequestField> OfRows { get; } =
        [OfSearch("What the new searches have in common; that of the sweep's first request where not given."), Grid];

    /// <summary>Everything that an axis may vary: the fields of a search, and the objects that hold them, by path.</summary>
    /// <param name="constraints">What a search may limit.</param>
    /// <param name="kinds">The supernets that it may use.</param>
    public static IReadOnlyDictionary<string, RequestField> Axes(ConstraintSet constraints, SupernetKinds kinds) =>
        SearchFields.All(constraints, kinds).SelectMany(WithInner).ToDictionary(f => f.Path, StringComparer.Ordinal);

    private static RequestField OfSearch(string meaning) => new("search", FieldKind.Group, meaning);

    private static IEnumerable<RequestField> WithInner(RequestField field) => field.Fields.SelectMany(WithInner).Prepend(field);
}

using System.CommandLine;
using System.Globalization;
using HsNas.Cli.Http;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Commands;

/// <summary>The option of one field of a request.</summary>
/// <param name="Option">The option.</param>
/// <param name="Read">Puts what was given for it into a request; nothing where it was not given.</param>
internal sealed record FieldOption(Option Option, Action<ParseResult, RequestJson> Read)
{
    /// <summary>The options of a field: one, or those of a group's fields.</summary>
    public static IEnumerable<FieldOption> Of(RequestField field) => field switch
    {
        { Option: null } => field.Fields.SelectMany(Of),
        { Kind: FieldKind.Group, Word: not null } => [OfGroupOrWord(field)],
        { Kind: FieldKind.Group } => [OfGroup(field)],
        { Kind: FieldKind.Flag } => [OfFlag(field)],
        { Kind: FieldKind.List } => [OfList(field)],
        { Kind: FieldKind.WholeNumber } => [OfValue<long?>(field)],
        { Kind: FieldKind.Number } => [OfValue<double?>(field)],
        _ => [OfValue<string?>(field)],
    };

    private static FieldOption OfValue<T>(RequestField field)
    {
        var option = new Option<T>(field.Option!) { Description = Describe(field) };
        return new FieldOption(option, (parse, request) => request.Set(field, parse.GetValue(option)));
    }

    private static FieldOption OfFlag(RequestField field)
    {
        var option = new Option<bool>(field.Option!)
        {
            Description = field.IsTurnedOff ? $"Sets {field.Path} to false. {field.Meaning}" : field.Meaning,
        };
        return new FieldOption(option, (parse, request) => request.Set(field, parse.GetValue(option) ? !field.IsTurnedOff : null));
    }

    private static FieldOption OfList(RequestField field)
    {
        var option = new Option<string[]?>(field.Option!)
        {
            Description = Describe(field),
            Arity = new ArgumentArity(1, (int)field.Most!.Value),
            AllowMultipleArgumentsPerToken = true,
        };
        return new FieldOption(
            option, (parse, request) => request.Set(field, parse.GetValue(option) is { Length: > 0 } list ? list : null));
    }

    private static FieldOption OfGroup(RequestField group)
    {
        var option = new Option<long[]?>(group.Option!)
        {
            Description = group.Meaning,
            Arity = new ArgumentArity(group.Fields.Count, group.Fields.Count),
            AllowMultipleArgumentsPerToken = true,
        };
        return new FieldOption(option, (parse, request) =>
        {
            foreach (var (field, value) in group.Fields.Zip(parse.GetValue(option) ?? [])) request.Set(field, value);
        });
    }

    // The values of all fields, or the word that stands for them.
    private static FieldOption OfGroupOrWord(RequestField group)
    {
        var option = new Option<string[]?>(group.Option!)
        {
            Description = group.Meaning,
            Arity = new ArgumentArity(1, group.Fields.Count),
            AllowMultipleArgumentsPerToken = true,
        };
        option.Validators.Add(given =>
        {
            var words = given.Tokens.Select(t => t.Value).ToList();
            if (words is [var only] && only == group.Word) return;
            if (words.Count == group.Fields.Count && words.TrueForAll(w => long.TryParse(w, CultureInfo.InvariantCulture, out _))) return;
            given.AddError($"{group.Option} takes {group.Fields.Count} whole numbers, or the word {group.Word}.");
        });
        return new FieldOption(option, (parse, request) =>
        {
            var words = parse.GetValue(option) ?? [];
            if (words is [var only]) request.Set(group, only);
            else foreach (var (field, word) in group.Fields.Zip(words)) request.Set(field, long.Parse(word, CultureInfo.InvariantCulture));
        });
    }

    private static string Describe(RequestField field)
    {
        var some = field.Kind == FieldKind.List ? "Some" : "One";
        var choices = field.Choices.Count > 0 ? $" {some} of {string.Join(", ", field.Choices)}." : "";
        var fallback = field.Default is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {field.Default} where not given.");
        return field.Meaning + choices + fallback;
    }
}

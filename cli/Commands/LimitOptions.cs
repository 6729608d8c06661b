using System.CommandLine;
using HsNas.Evolution.Constraints;

namespace HsNas.Cli.Commands;

/// <summary>One option for each constraint: a number, or a switch where the constraint is a flag.</summary>
internal sealed class LimitOptions(ConstraintSet constraints)
{
    private readonly List<(Constraint Constraint, Option Option)> _options = [.. constraints.Select(c => (c, Create(c)))];

    /// <summary>The options, in the order of the constraints.</summary>
    public IEnumerable<Option> All => _options.Select(o => o.Option);

    /// <summary>The limits that were given.</summary>
    public SearchConstraints Read(ParseResult parse) =>
        _options.Aggregate(new SearchConstraints(), (limits, option) => limits.With(option.Constraint.Id, Value(parse, option.Option)));

    private static Option Create(Constraint constraint) => constraint.IsFlag
        ? new Option<bool>(constraint.Option) { Description = constraint.Description }
        : new Option<double?>(constraint.Option) { Description = constraint.Description };

    private static double? Value(ParseResult parse, Option option) => option switch
    {
        Option<bool> flag => parse.GetValue(flag) ? SearchConstraints.FlagLimit : null,
        Option<double?> number => parse.GetValue(number),
        _ => throw new ArgumentException($"{option.Name} is no limit.", nameof(option)),
    };
}

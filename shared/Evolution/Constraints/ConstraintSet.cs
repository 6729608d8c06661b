using System.Collections;
using HsNas.Kernel.Validation;

namespace HsNas.Evolution.Constraints;

/// <summary>
/// The constraints that requests may use, in the order in which they are shown. The function app takes its set from its
/// services and the command line from its context, so adding one there is enough.
/// </summary>
public sealed class ConstraintSet : IReadOnlyList<Constraint>
{
    private readonly Constraint[] _all;

    /// <summary>A set of <paramref name="constraints"/>.</summary>
    /// <exception cref="ArgumentException">Two have the same id.</exception>
    public ConstraintSet(IEnumerable<Constraint> constraints)
    {
        _all = [.. constraints];
        var twice = _all.GroupBy(c => c.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new ArgumentException($"Two constraints have the id {twice.Key}.", nameof(constraints));
    }

    /// <summary>Those of this project.</summary>
    public static ConstraintSet BuiltIn { get; } = new([
        new LatencyConstraint(),
        new CostConstraint(ConstraintIds.GFlops, "total GFLOPs", "",
            "Most GFLOPs of a sentence, output layer included.", c => c.TotalGFlops),
        new CostConstraint(ConstraintIds.GFlopsWithoutLastLayer, "GFLOPs without last layer", "",
            "Most GFLOPs of a sentence without the output layer.", c => c.GFlopsWithoutLastLayer, alwaysShown: false),
        new CostConstraint(ConstraintIds.ParametersMillions, "model size", "M parameters",
            "Largest model in millions of parameters: all layers and one embedding table of the decoder's width.",
            c => c.ModelSizeMillions, objective: "parameters"),
        new EncoderDepthConstraint(),
    ]);

    /// <inheritdoc/>
    public int Count => _all.Length;

    /// <inheritdoc/>
    public Constraint this[int index] => _all[index];

    /// <summary>This set with one more at the end.</summary>
    public ConstraintSet With(Constraint constraint) => new([.. _all, constraint]);

    /// <summary>The limits of a search with their constraints, in the order of this set.</summary>
    /// <exception cref="OptionException">A limit's constraint is unknown, or a limit is not a number that its constraint
    /// allows.</exception>
    public IReadOnlyList<Limit> Resolve(SearchConstraints limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var unknown = limits.All.Keys.FirstOrDefault(id => _all.All(c => c.Id != id));
        if (unknown is not null)
            throw new OptionException($"constraints.{unknown}", limits[unknown],
                $"a limit on one of {string.Join(", ", _all.Select(c => c.Id))}");
        return [.. _all.Where(c => limits[c.Id] is not null).Select(c => new Limit(c, Validated(c, limits[c.Id]!.Value)))];
    }

    /// <summary>What a search can have as objectives: quality, and every quantity of this set that is no flag.</summary>
    public IReadOnlyList<string> Objectives =>
        [ObjectiveIds.Quality, .. _all.Select(c => c.Objective).OfType<string>()];

    /// <summary>The quantities behind objectives in their order; quality, which is no quantity of an architecture, is left out.</summary>
    /// <exception cref="OptionException">An objective is unknown.</exception>
    public IReadOnlyList<Constraint> ResolveObjectives(IEnumerable<string> objectives) =>
        [.. objectives.Where(o => o != ObjectiveIds.Quality).Select(o => Array.Find(_all, c => c.Objective == o)
            ?? throw new OptionException("objectives", o, string.Join(", ", Objectives)))];

    /// <inheritdoc/>
    public IEnumerator<Constraint> GetEnumerator() => ((IEnumerable<Constraint>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _all.GetEnumerator();

    private static double Validated(Constraint constraint, double limit)
    {
        var isAllowed = constraint.IsFlag ? limit == SearchConstraints.FlagLimit : limit > 0 && double.IsFinite(limit);
        var allowed = constraint.IsFlag ? "true or false" : "a finite number above 0, or none";
        return isAllowed ? limit : throw new OptionException($"constraints.{constraint.Id}", limit, allowed);
    }
}

using HsNas.Kernel.Validation;
using HsNas.Predictors.Latency;
using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>Says whether an architecture keeps all limits, and refuses limits that none can keep. Safe for concurrent use.</summary>
public sealed class FeasibilityChecker
{
    private const int FloorSamples = 2_000;
    private const int JointSamples = 50_000;

    private readonly ConstraintContext _context;
    private readonly SpaceProbes _probes;
    private readonly Limit[] _limits;
    private readonly Lazy<FeasibilityFloor> _floor;

    /// <summary>A checker of <paramref name="limits"/> with what <paramref name="context"/> knows.</summary>
    /// <exception cref="OptionException">The context misses what a limit needs.</exception>
    public FeasibilityChecker(ConstraintContext context, IEnumerable<Limit> limits)
    {
        _context = context;
        _limits = [.. limits];
        foreach (var (constraint, most) in _limits)
        {
            if (constraint.Missing(context) is { } missing)
            {
                throw new OptionException($"constraints.{constraint.Id}", most, $"{missing}, or no {constraint.Name} limit");
            }
        }

        _probes = new SpaceProbes(context.Task.Space);
        _floor = new Lazy<FeasibilityFloor>(FindFloor);
    }

    /// <summary>A checker of <paramref name="limits"/> for <paramref name="task"/>.</summary>
    /// <param name="task">Supplies space and cost model.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="latency">Needed where latency is limited.</param>
    /// <param name="constraints">The constraints that may be limited; the built-in ones where null.</param>
    /// <exception cref="OptionException">A limit is unknown or not positive, or latency is limited without a predictor.</exception>
    public FeasibilityChecker(TaskDefinition task, SearchConstraints limits, ILatencyPredictor? latency = null,
        ConstraintSet? constraints = null)
        : this(new ConstraintContext(task, latency), (constraints ?? ConstraintSet.BuiltIn).Resolve(limits))
    {
    }

    /// <summary>The least values of the space for each limit; computed once.</summary>
    public FeasibilityFloor Floor => _floor.Value;

    /// <summary>True where <paramref name="architecture"/> keeps every limit.</summary>
    public bool IsFeasible(Architecture architecture)
    {
        foreach (var limit in _limits)
        {
            if (!limit.IsKeptBy(architecture, _context))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One sentence per limit that <paramref name="architecture"/> breaks; empty where it keeps them all.</summary>
    public IReadOnlyList<string> Violations(Architecture architecture) =>
        [.. _limits.Select(l => l.Violation(l.Constraint.Value(architecture, _context))).OfType<string>()];

    /// <summary>Returns if some architecture is known to keep all limits; quick, meant to be asked before anything is spent.</summary>
    /// <exception cref="InfeasibleSearchException">A limit lies below the floor, or no architecture keeps all of them together.</exception>
    public void EnsurePossible()
    {
        foreach (var limit in _limits)
        {
            var (least, constraint) = (Floor.Least[limit.Constraint.Id].Value, limit.Constraint);
            if (!limit.IsKeptBy(least))
            {
                throw new InfeasibleSearchException(
                    $"The {constraint.Name} limit {constraint.Say(limit.Most)} cannot be met: "
                    + $"the least any architecture of this space needs is {constraint.Say(least)}.",
                    Floor);
            }
        }

        if (_limits.Length == 0 || Floor.Least.Values.Any(l => IsFeasible(l.Architecture))) return;
        if (_probes.Samples(JointSamples).Any(IsFeasible)) return;
        var (first, closest) = (_limits[0].Constraint, Floor.Least[_limits[0].Constraint.Id].Architecture);
        throw new InfeasibleSearchException(
            $"Each limit can be met, but among {JointSamples} random architectures none meets all together. "
            + $"The one with the least {first.Name}: {string.Join("; ", Violations(closest))}.",
            Floor);
    }

    private FeasibilityFloor FindFloor()
    {
        Architecture[] probes = [.. _probes.Extremes(), .. _probes.Samples(FloorSamples)];
        return new FeasibilityFloor(
            _limits.Select(l => l.Constraint).ToDictionary(c => c.Id, c => c.Least(probes, _context), StringComparer.Ordinal));
    }
}

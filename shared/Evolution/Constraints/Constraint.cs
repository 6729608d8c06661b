using System.Globalization;
using System.Text.RegularExpressions;
using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>
/// One quantity that a search can limit from above. This class is all that a new kind of limit needs: requests, the search
/// itself, results, reports and the command line iterate over a <see cref="ConstraintSet"/>. Instances are immutable and safe
/// for concurrent use.
/// </summary>
public abstract class Constraint
{
    /// <summary>Name of the field in a request's <c>limits</c> and in a finalist's <c>values</c>, in camel case.</summary>
    public abstract string Id { get; }

    /// <summary>The quantity in words, for messages and tables: "latency".</summary>
    public abstract string Name { get; }

    /// <summary>The unit behind a value; empty where the name says it already.</summary>
    public virtual string Unit => "";

    /// <summary>What the limit is about, as one sentence of help.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// True: finalists are judged by a measured value, and <see cref="Value"/> is a prediction. False: <see cref="Value"/> is
    /// exact and final.
    /// </summary>
    public virtual bool IsMeasured => false;

    /// <summary>
    /// True: a request says true or false instead of a number, and true stands for <see cref="SearchConstraints.FlagLimit"/>.
    /// </summary>
    public virtual bool IsFlag => false;

    /// <summary>Its name among a request's <c>objectives</c>; null where it cannot be one, as a flag.</summary>
    public virtual string? Objective => IsFlag ? null : Id;

    /// <summary>Whether the last screen shows the value where it is not limited, too. Reports show every value that is no flag.</summary>
    public virtual bool IsAlwaysShown => !IsFlag;

    /// <summary>The option of the command line: "--latency-ms" for latencyMs, "--gflops" for gFlops.</summary>
    public string Option => "--" + Regex.Replace(Id, "(?<=[A-Za-z][a-z])(?=[A-Z])", "-").ToLowerInvariant();

    /// <summary>
    /// What <see cref="Value"/> needs and <paramref name="context"/> does not have yet, in words; null where it has everything.
    /// </summary>
    public virtual string? Missing(ConstraintContext context) => null;

    /// <summary>
    /// The value of an architecture in <see cref="Unit"/>. Equal architectures have equal values. Only called where
    /// <see cref="Missing"/> is null.
    /// </summary>
    public abstract double Value(Architecture architecture, ConstraintContext context);

    /// <summary>
    /// The least value of the space with an architecture that has it. By default the least of <paramref name="probes"/>: every
    /// depth with the smallest and the largest choices, and random architectures. That is exact for a quantity that grows with
    /// each choice, and an upper bound of the true least otherwise.
    /// </summary>
    public virtual LeastValue Least(IEnumerable<Architecture> probes, ConstraintContext context)
    {
        ArgumentNullException.ThrowIfNull(probes);
        return probes.Select(p => new LeastValue(Value(p, context), p)).MinBy(l => l.Value)!;
    }

    /// <summary>A value with its unit, to five digits.</summary>
    public string Say(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:G5} {Unit}").TrimEnd();
}

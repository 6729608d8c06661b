using System.Collections.Immutable;
using HsNas.Contracts.Fronts;
using HsNas.Evolution.Constraints;
using HsNas.Predictors;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Pareto;

/// <summary>Made-up fronts of loss and latency.</summary>
internal static class Fronts
{
    private static readonly List<Architecture> Architectures = [.. new ArchitectureSampler(Samples.Tiny.Space, 1).Distinct(30)];

    /// <summary>A judged front; each point has a loss, a predicted latency and, where it was measured, a measured one.</summary>
    public static Front Of(params (double Loss, double Predicted, double? Measured)[] points) => Judged(
        [.. points.Select((p, i) => Point(i, p.Loss, p.Predicted, p.Measured))]);

    /// <summary>Judges points.</summary>
    public static Front Judged(IReadOnlyList<FrontPoint> points) => FrontJudge.Judge(
        new Front
        {
            Objectives = ["quality", "latency"],
            Metric = Metrics.ValidationLoss,
            Direction = MetricDirection.LowerIsBetter,
            Points = points,
        },
        ConstraintSet.BuiltIn.ResolveObjectives(["quality", "latency"]));

    /// <summary>A point; its GFLOPs are a thousandth of its predicted latency.</summary>
    public static FrontPoint Point(int index, double loss, double predicted, double? measured)
    {
        var values = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add(ConstraintIds.GFlops, predicted / 1000);
        return new FrontPoint
        {
            Architecture = Architectures[index],
            Score = loss,
            Values = measured is { } ms ? values.Add(ConstraintIds.LatencyMs, ms) : values,
            Predictions = values.Clear().Add(ConstraintIds.LatencyMs, predicted),
            IsMeasured = measured is not null,
        };
    }

    /// <summary>Limits by id.</summary>
    public static List<Limit> Limits(params (string Id, double Most)[] limits) =>
        [.. limits.Select(l => new Limit(ConstraintSet.BuiltIn.Single(c => c.Id == l.Id), l.Most))];
}

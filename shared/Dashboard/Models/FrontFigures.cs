using HsNas.Charts;
using HsNas.Contracts.Fronts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Reporting;

namespace HsNas.Dashboard.Models;

/// <summary>The front of a search with objectives: charts, hypervolume by generation, and all points as a table.</summary>
public static class FrontFigures
{
    /// <summary>The front in a few sentences.</summary>
    public static string Sentence(Front front, IReadOnlyList<Constraint> objectives)
    {
        ArgumentNullException.ThrowIfNull(front);
        var (measured, behind) = (front.Points.Count(p => p.IsMeasured), front.Points.Count(p => !p.Stands));
        var knee = front.Knee is { } k
            ? $"The knee is {ArchitectureWords.Short(k.Architecture)}: {front.Metric} {Say.Number(k.Score, 4)}, "
                + string.Join(", ", objectives.Select(o => $"{o.Name} {Value(k, o)}")) + "."
            : "No measured point keeps the limits, so there is no knee.";
        return $"{front.Points.Count} points, {measured} of them measured; {behind} fell behind or broke a limit when measured. {knee}";
    }

    /// <summary>Score against one objective.</summary>
    public static string Chart(RunResult run, Front front, Constraint objective)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(objective);
        var groups = new[]
        {
            Group("measured", p => p is { IsMeasured: true, Stands: true, IsKnee: false }),
            Group("knee", p => p.IsKnee),
            Group("not measured", p => !p.IsMeasured),
            Group("fell behind when measured", p => !p.Stands),
        }.Where(g => g.Points.Count > 0).ToList();
        return ScatterChart.Render(
            $"{run.Name}: {front.Metric} against {objective.Name}", $"{objective.Name} {objective.Unit}".TrimEnd(), front.Metric, groups,
            diagonal: false);

        PointGroup Group(string name, Func<FrontPoint, bool> belongs) => new(name, [.. front.Points.Where(belongs)
            .Select(p => (Number(p, objective), p.Score, (string?)ArchitectureWords.Short(p.Architecture)))]);
    }

    /// <summary>Hypervolume by generation, a chart a metric.</summary>
    public static IEnumerable<(string Title, string Svg)> Volumes(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (var phase in run.Trace.Where(t => t.Hypervolume is not null).GroupBy(t => t.Metric, StringComparer.Ordinal))
        {
            var title = $"{run.Name}: hypervolume by generation, {phase.Key}";
            yield return (title, LineChart.Render(title, "generation", "share of the first generation's box",
                [new Series("hypervolume", [.. phase.Select(t => ((double)t.Generation, t.Hypervolume!.Value))])]));
        }
    }

    /// <summary>All points.</summary>
    public static TableData Table(Front front, IReadOnlyList<Constraint> objectives)
    {
        ArgumentNullException.ThrowIfNull(front);
        return new TableData([front.Metric, .. objectives.Select(o => o.Name), "Remark", "Architecture"], [.. front.Points.Select(p =>
            (IReadOnlyList<string>)[Say.Number(p.Score, 4), .. objectives.Select(o => Value(p, o)), Remark(p),
                ArchitectureWords.Short(p.Architecture)])]);
    }

    private static string Remark(FrontPoint point) => point switch
    {
        { IsKnee: true } => "knee",
        { Violations.Count: > 0 } => string.Join("; ", point.Violations),
        { IsDominated: true } => "fell behind when measured",
        { IsMeasured: false } => "not measured",
        _ => "",
    };

    private static double Number(FrontPoint point, Constraint constraint) =>
        point.Values.TryGetValue(constraint.Id, out var value) ? value : point.Predictions[constraint.Id];

    private static string Value(FrontPoint point, Constraint constraint)
    {
        var origin = !constraint.IsMeasured ? "" : point.IsMeasured ? " measured" : " predicted";
        return constraint.Say(Number(point, constraint)) + origin;
    }
}

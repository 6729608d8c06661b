using System.Globalization;
using System.Net;
using System.Text;
using HsNas.Charts;
using HsNas.Contracts.Fronts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;

namespace HsNas.Reporting;

/// <summary>The front of a search with objectives: charts, hypervolume by generation, and all points as a table.</summary>
internal static class FrontSection
{
    /// <summary>HTML; empty for a run without a front.</summary>
    public static string Render(RunResult run, ConstraintSet constraints)
    {
        if (run.Front is not { } front) return "";
        var objectives = constraints.ResolveObjectives(front.Objectives);
        var section = new StringBuilder($"<h2>The front of {Encode(run.Name)}</h2>");
        section.Append("<p>").Append(Encode(Sentence(front, objectives))).Append("</p><div class=\"figures\">");
        foreach (var objective in objectives) section.Append(Chart(run, front, objective));
        section.Append(Volumes(run)).Append("</div><div class=\"figures\">").Append(Table(front, objectives));
        return section.Append("</div>").ToString();
    }

    private static string Sentence(Front front, IReadOnlyList<Constraint> objectives)
    {
        var (measured, behind) = (front.Points.Count(p => p.IsMeasured), front.Points.Count(p => !p.Stands));
        var knee = front.Knee is { } k
            ? $"The knee is {ArchitectureWords.Short(k.Architecture)}: {front.Metric} {Digits(k.Score)}, "
                + string.Join(", ", objectives.Select(o => $"{o.Name} {Value(k, o)}")) + "."
            : "No measured point keeps the limits, so there is no knee.";
        return $"{front.Points.Count} points, {measured} of them measured; {behind} fell behind or broke a limit when measured. {knee}";
    }

    private static string Chart(RunResult run, Front front, Constraint objective)
    {
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

        PointGroup Group(string name, Func<FrontPoint, bool> belongs) =>
            new(name, [.. front.Points.Where(belongs).Select(p => (Number(p, objective), p.Score, Tip(p)))]);

        static string? Tip(FrontPoint point) => ArchitectureWords.Short(point.Architecture);
    }

    private static string Volumes(RunResult run)
    {
        var charts = new StringBuilder();
        foreach (var phase in run.Trace.Where(t => t.Hypervolume is not null).GroupBy(t => t.Metric, StringComparer.Ordinal))
        {
            charts.Append(LineChart.Render(
                $"{run.Name}: hypervolume by generation, {phase.Key}", "generation", "share of the first generation's box",
                [new Series("hypervolume", [.. phase.Select(t => ((double)t.Generation, t.Hypervolume!.Value))])]));
        }

        return charts.ToString();
    }

    private static string Table(Front front, IReadOnlyList<Constraint> objectives)
    {
        var table = new StringBuilder($"<table><tr><th>{Encode(front.Metric)}</th>");
        foreach (var objective in objectives) table.Append(CultureInfo.InvariantCulture, $"<th>{Encode(objective.Name)}</th>");
        table.Append("<th></th><th>Architecture</th></tr>");
        foreach (var point in front.Points)
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{Digits(point.Score)}</td>");
            foreach (var objective in objectives) table.Append(CultureInfo.InvariantCulture, $"<td>{Encode(Value(point, objective))}</td>");
            table.Append(CultureInfo.InvariantCulture, $"<td>{Remark(point)}</td>");
            table.Append(CultureInfo.InvariantCulture, $"<td>{Encode(ArchitectureWords.Short(point.Architecture))}</td></tr>");
        }

        return table.Append("</table>").ToString();
    }

    private static string Remark(FrontPoint point) => point switch
    {
        { IsKnee: true } => "<strong>knee</strong>",
        { Violations.Count: > 0 } => Encode(string.Join("; ", point.Violations)),
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

    private static string Digits(double score) => score.ToString("F4", CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}

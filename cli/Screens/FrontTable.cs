using System.Globalization;
using HsNas.Contracts.Fronts;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Pareto;
using HsNas.Reporting;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>A front, and answers read from it.</summary>
internal static class FrontTable
{
    /// <summary>At most <paramref name="most"/> points, evenly along the front: measured ones that stand, and the knee.</summary>
    public static Table Build(Front front, ConstraintSet constraints, int most)
    {
        var objectives = constraints.ResolveObjectives(front.Objectives);
        var table = new Table().Border(TableBorder.Rounded).AddColumn("encoder; decoder").AddColumn(front.Metric.EscapeMarkup());
        foreach (var objective in objectives) table.AddColumn(objective.Name.EscapeMarkup());
        table.AddColumn("");
        foreach (var point in Shown(front, objectives, most))
        {
            table.AddRow([
                ArchitectureWords.Sizes(point.Architecture).EscapeMarkup(),
                string.Create(CultureInfo.InvariantCulture, $"{point.Score:0.0000}"),
                .. objectives.Select(o => Value(point, o).EscapeMarkup()), Remark(point),
            ]);
        }

        return table;
    }

    /// <summary>An answer in sentences.</summary>
    public static IEnumerable<string> Lines(FrontAnswer answer, ConstraintSet constraints)
    {
        if (answer.Point is { } point) yield return Sentence(point, answer, constraints);
        if (answer.Unmeasured is { } better)
            yield return "Better, but its values are predictions only: " + Sentence(better, answer, constraints);
        foreach (var line in answer.Unknown) yield return line;
    }

    private static List<FrontPoint> Shown(Front front, IReadOnlyList<Constraint> objectives, int most)
    {
        if (front.Points.Count <= most) return [.. front.Points];
        var points = front.Points.Where(p => p.Stands && p.IsMeasured).ToList();
        var kept = Crowding.Thin([.. points.Select(p => (double[])[p.Score, .. objectives.Select(o => p.Values[o.Id])])], most)
            .Select(i => points[i]).ToList();
        if (front.Knee is { } knee && !kept.Contains(knee))
        {
            kept.RemoveAt(kept.Count / 2);
            kept.Add(knee);
        }

        return [.. kept.OrderBy(p => points.IndexOf(p))];
    }

    private static string Sentence(FrontPoint point, FrontAnswer answer, ConstraintSet constraints)
    {
        var values = constraints.Where(c => answer.Limits.ContainsKey(c.Id)).Select(c => $"{c.Name} {Value(point, c)}");
        var score = point.Score.ToString("0.0000", CultureInfo.InvariantCulture);
        return $"{ArchitectureWords.Short(point.Architecture)}: {answer.Metric} {score}, {string.Join(", ", values)}.";
    }

    private static string Value(FrontPoint point, Constraint constraint) =>
        point.Values.TryGetValue(constraint.Id, out var value) ? constraint.Say(value) + (constraint.IsMeasured ? " measured" : "")
        : point.Predictions.TryGetValue(constraint.Id, out var predicted) ? constraint.Say(predicted) + " predicted" : "unknown";

    private static string Remark(FrontPoint point) => point switch
    {
        { IsKnee: true } => "[green]knee[/]",
        { IsDominated: true } => "dominated when measured",
        { Violations.Count: > 0 } => "breaks a limit",
        { IsMeasured: false } => "not measured",
        _ => "",
    };
}

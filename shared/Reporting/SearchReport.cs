using HsNas.Contracts.Requests;
using HsNas.Evaluation.InContext;

namespace HsNas.Reporting;

/// <summary>What is said of a search at its end, on screens and pages alike.</summary>
public static class SearchReport
{
    /// <summary>One sentence on the outcome.</summary>
    public static string Summary(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Requested.Winner is not { } winner) return "No finalist kept the limits when measured.";
        var bleu = result.Requested.Training is { } t ? Invariant($", test BLEU {t.TestBleu:F2}") : "";
        var figures = Invariant($"{winner.Measured?.TotalMean:F2} ms measured, {winner.ParametersMillions:F2} M parameters{bleu}");
        var warning = FloorWords.Warning(result) is { } unbeaten ? unbeaten + " " : "";
        var origin = result.Requested.Front is { } front ? $"The knee of a front of {front.Points.Count} points, " : "";
        return $"{warning}{origin}{ArchitectureWords.Short(winner.Architecture)}: {figures}.";
    }

    /// <summary>Name of what labelled. It says that the local endpoint is a regression, not a language model.</summary>
    public static string LabellerName(string model) =>
        StandInModels.Contains(model) ? "in-context regression (not a language model)" : model;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

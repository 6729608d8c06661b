using HsNas.Contracts.Requests;
using HsNas.Llm.Labelling;

namespace HsNas.Functions.Distillation;

/// <summary>What labels took, over time; short enough for a custom status, however many batches there are.</summary>
internal static class SpendHistory
{
    // A custom status holds 16 KB. A point is about 90 bytes.
    private const int MostPoints = 60;

    /// <summary>The history with one more point; where it gets too long, every other point is left out.</summary>
    public static IReadOnlyList<SpendPoint> With(this IReadOnlyList<SpendPoint> history, double seconds, LabelTally total)
    {
        var point = new SpendPoint(
            Math.Round(seconds, 1), total.Calls, total.Bought, total.Usage.Prompt + total.Usage.Completion,
            total.Unpriced > 0 ? null : total.SpentUsd);
        var kept = history.Count < MostPoints ? history : history.Where((_, i) => i % 2 == 1);
        return [.. kept, point];
    }
}

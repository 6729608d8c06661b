using HsNas.Dashboard.Models;
using HsNas.Evolution;
using HsNas.Spaces;

namespace HsNas.Functions.Ui;

/// <summary>Counts what parents chose.</summary>
internal static class GeneHistories
{
    /// <summary>Depths, widths and attention of both stacks; genes of single layers are counted over active layers.</summary>
    /// <param name="space">The space.</param>
    /// <param name="states">States by the generation that their parents come from.</param>
    public static IReadOnlyList<GeneHistory> Of(SearchSpace space, IReadOnlyDictionary<int, EvolutionState> states)
    {
        var codec = new GeneCodec(space);
        var parents = states.Where(s => s.Value.Parents.Length > 0)
            .Select(s => (Generation: s.Key, All: s.Value.Parents.Select(g => codec.Decode(g.AsSpan())).ToList())).ToList();
        if (parents.Count == 0) return [];
        (string Gene, Func<Architecture, IEnumerable<int>> Values)[] genes =
        [
            ("encoder layers", a => [a.EncoderLayers]), ("decoder layers", a => [a.DecoderLayers]),
            ("encoder width", a => [a.EncoderEmbedDim]), ("decoder width", a => [a.DecoderEmbedDim]),
            ("encoder FFN", a => a.EncoderFfnDims), ("decoder FFN", a => a.DecoderFfnDims),
            ("encoder heads", a => a.EncoderHeads), ("decoder self heads", a => a.DecoderSelfHeads),
            ("decoder cross heads", a => a.DecoderCrossHeads),
            ("attended encoder layers", a => a.DecoderArbitrary.Select(Architecture.AttendedLayers)),
        ];
        return [.. genes.Select(g => History(g.Gene, g.Values, parents)).Where(h => h.Choices.Count > 1)];
    }

    private static GeneHistory History(
        string gene, Func<Architecture, IEnumerable<int>> values, List<(int Generation, List<Architecture> All)> parents)
    {
        var choices = parents.SelectMany(p => p.All).SelectMany(values).Distinct().Order().ToList();
        return new GeneHistory(gene, choices, [.. parents.Select(p =>
        {
            var chosen = p.All.SelectMany(values).ToList();
            return new GeneShares(p.Generation, [.. choices.Select(c => chosen.Count(v => v == c) / (double)chosen.Count)]);
        })]);
    }
}

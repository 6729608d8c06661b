using HsNas.Evaluation.Floors;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Spaces;
using HsNas.Spaces.Design;

namespace HsNas.Cli.Predictors;

/// <summary>How a predictor does with demonstrations chosen by design, and with random ones.</summary>
/// <param name="Predictor">Which.</param>
/// <param name="Design">Its scores on what the design left over.</param>
/// <param name="RandomMae">Mean MAE over random choices.</param>
/// <param name="RandomTau">Mean tau over random choices.</param>
/// <param name="MaeBeaten">Share of random choices with a higher MAE than the design's.</param>
/// <param name="TauBeaten">Share of random choices with a lower tau.</param>
internal sealed record DesignRow(
    string Predictor, ScoreMetrics Design, double RandomMae, double RandomTau, double MaeBeaten, double TauBeaten);

/// <summary>Ten of the trained architectures chosen by design against many random tens; always tested on the others.</summary>
internal static class SeedDesignTrial
{
    /// <summary>Random choices compared with.</summary>
    public const int Draws = 1000;

    /// <summary>Demonstrations chosen.</summary>
    public const int Demonstrations = 10;

    /// <summary>Runs the trial with the two floors, which have no choices of their own to make.</summary>
    public static IReadOnlyList<DesignRow> Run(TaskDefinition task, TfsEvalSet data)
    {
        var cost = CostModel.For(task);
        var byKey = data.Records.ToDictionary(r => r.Architecture.Key, StringComparer.Ordinal);
        var design = SeedDesign.Choose(task.Space, [.. data.Records.Select(r => r.Architecture)], Demonstrations).Select(a => byKey[a.Key])
            .ToHashSet();
        var random = SeededRandom.For(1, 0, "seed design trial");
        var draws = Enumerable.Range(0, Draws).Select(_ =>
        {
            var shuffled = data.Records.ToArray();
            random.Shuffle<TfsEvalRecord>(shuffled);
            return shuffled[..Demonstrations].ToHashSet();
        }).ToList();
        return
        [
            Row(data, design, draws, FloorPredictor.Depth),
            Row(data, design, draws, shown => FloorPredictor.TwoNumbers(shown, cost)),
        ];
    }

    private static DesignRow Row(TfsEvalSet data, HashSet<TfsEvalRecord> design, List<HashSet<TfsEvalRecord>> draws,
        Func<IReadOnlyList<Demonstration>, FloorPredictor> fit)
    {
        var (name, own) = Score(data, design, fit);
        var others = draws.ConvertAll(d => Score(data, d, fit).Metrics);
        var taus = others.Where(o => o.Tau is not null).ToList();
        return new DesignRow(
            name, own, others.Average(o => o.Mae!.Value), taus.Average(o => o.Tau!.Value),
            others.Average(o => o.Mae > own.Mae ? 1.0 : 0), taus.Average(o => o.Tau < own.Tau ? 1.0 : 0));
    }

    private static (string Name, ScoreMetrics Metrics) Score(
        TfsEvalSet data, HashSet<TfsEvalRecord> shown, Func<IReadOnlyList<Demonstration>, FloorPredictor> fit)
    {
        var predictor = fit([.. shown.OrderBy(r => r.ArchitectureId).Select(r => r.ToDemonstration())]);
        var tests = data.Records.Where(r => !shown.Contains(r)).Select(r =>
            new ScoredArchitecture(r.ArchitectureId, r.Architecture.DecoderLayers, predictor.Predict(r.Architecture).Value, r.ValidBleu,
                Extrapolating: false)).ToList();
        return (predictor.Name, ScoreMetrics.Of(tests, predictor.Direction, predictsBleu: true, k: 5));
    }
}

using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Stacked;
using HsNas.Evaluation.TfsEval;
using HsNas.Spaces;

namespace HsNas.Cli.Predictors;

/// <summary>Scorecard rows of predictors that are built on floors and on language models, with what stacking chose.</summary>
/// <param name="Rows">Predictors for the scorecard.</param>
/// <param name="Weights">Predictor, split, and the weight of each member.</param>
/// <param name="Spreads">Mean spread of each model over orders and samples, BLEU.</param>
internal sealed record LanguageModelRows(
    IReadOnlyList<ExtraPredictor> Rows,
    IReadOnlyList<(string Predictor, string Split, IReadOnlyList<(string Member, double Weight)> Weights)> Weights,
    IReadOnlyList<(string Predictor, double Spread)> Spreads)
{
    private const string FloorGroup = "Floors stacked, no language model";

    /// <summary>Asks the models and fits everything. No choice looks at a test label.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">Its seed architectures.</param>
    /// <param name="sessions">The models; none: the stack of the floors alone.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<LanguageModelRows> FitAsync(
        TaskDefinition task, TfsEvalSet data, IReadOnlyList<LanguageModelSession> sessions, CancellationToken cancellationToken)
    {
        var builder = new LanguageModelRowsBuilder(task, data);
        PredictorRecipe[] floors = [PredictorRecipe.Depth, PredictorRecipe.TwoNumbers(CostModel.For(task))];
        await builder.AddStacksAsync(FloorGroup, "Stacked floors", floors, StackRules.OfMany, cancellationToken);
        foreach (var session in sessions)
        {
            var llm = builder.AddModel(session);
            var ensembles = builder.AddEnsembles(session);
            var residual = builder.AddResidual(session);
            await builder.AddStacksAsync(session.Group, $"Stacked with {llm.Name}", [.. floors, llm, residual], StackRules.OfMany,
                cancellationToken);
            await builder.AddWithFloorAsync(session, cancellationToken);
            await builder.AddSpreadAsync(session, ensembles, cancellationToken);
        }

        return builder.Build();
    }

    /// <summary>LLM-PP and its mean with the depth floor, nothing else: what random divisions are scored with.</summary>
    public static async Task<LanguageModelRows> FitBriefAsync(
        TaskDefinition task, TfsEvalSet data, LanguageModelSession session, CancellationToken cancellationToken)
    {
        var builder = new LanguageModelRowsBuilder(task, data);
        builder.AddModel(session);
        await builder.AddWithFloorAsync(session, cancellationToken);
        return builder.Build();
    }
}

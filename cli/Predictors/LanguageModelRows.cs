using HsNas.Shared.Architectures;
using HsNas.Shared.Predictors;
using HsNas.Shared.Predictors.Scoring;
using HsNas.Shared.Predictors.Stacked;
using HsNas.Shared.Predictors.TfsEval;
using HsNas.Shared.Predictors.Uncertainty;
using HsNas.Shared.Prompting;
using HsNas.Shared.Tasks;

namespace HsNas.Cli.Predictors;

/// <summary>Scorecard rows of what is built on floors and on a language model, with what stacking chose.</summary>
/// <param name="Rows">Predictors for the scorecard.</param>
/// <param name="Weights">Predictor, split, and the weight of each member.</param>
/// <param name="Spread">Mean spread over orders and samples, BLEU; null where no model was asked.</param>
internal sealed record LanguageModelRows(
    IReadOnlyList<ExtraPredictor> Rows, IReadOnlyList<(string Predictor, string Split, IReadOnlyList<(string Member, double Weight)> Weights)> Weights, double? Spread)
{
    private const string FloorGroup = "Floors stacked, no language model";

    /// <summary>Asks and fits everything; nothing looks at a test label.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">Its seed architectures.</param>
    /// <param name="session">The model; null: the stack of the floors alone.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<LanguageModelRows> FitAsync(TaskDefinition task, TfsEvalSet data, LanguageModelSession? session, CancellationToken cancellationToken)
    {
        var building = new Building(data);
        PredictorRecipe[] floors = [PredictorRecipe.Depth, PredictorRecipe.TwoNumbers(CostModel.For(task))];
        await building.StackAsync(FloorGroup, "Stacked floors", floors, cancellationToken);
        if (session is null) return new LanguageModelRows(building.Rows, building.Weights, null);

        var group = session.IsRegression ? $"{session.Model} in place of a language model" : session.Model;
        var prompt = new PromptOptions();
        var llm = PredictorRecipe.LanguageModel(task, session.Pairs, prompt, session.Source(0));
        var residual = PredictorRecipe.Residual(PredictorRecipe.Depth, llm);
        building.Add(group, "LLM-PP", s => llm.Fit(ScorecardBuilder.Demonstrations(s)));
        var ensembles = data.Splits.ToDictionary(s => s.Seed, s => EnsemblePredictor.OfOrders(task, ScorecardBuilder.Demonstrations(s), session.Pairs, prompt, session.Orders, session.Sources), StringComparer.Ordinal);
        building.Add(group, ensembles.Values.First().Name, s => ensembles[s.Seed]);
        building.Add(group, residual.Name, s => residual.Fit(ScorecardBuilder.Demonstrations(s)));
        await building.StackAsync(group, "Stacked with LLM-PP", [.. floors, llm, residual], cancellationToken);
        var spreads = new List<double>();
        foreach (var split in data.Splits)
            spreads.AddRange((await ensembles[split.Seed].PredictAsync([.. split.Tests.Select(t => t.Architecture)], cancellationToken)).Select(p => p.Spread ?? 0));
        return new LanguageModelRows(building.Rows, building.Weights, spreads.Average());
    }

    private sealed class Building(TfsEvalSet data)
    {
        public List<ExtraPredictor> Rows { get; } = [];

        public List<(string Predictor, string Split, IReadOnlyList<(string Member, double Weight)> Weights)> Weights { get; } = [];

        public void Add(string group, string name, Func<TfsEvalSplit, IPerformancePredictor> create) => Rows.Add(new ExtraPredictor(group, name, create));

        public async Task StackAsync(string group, string name, IReadOnlyList<PredictorRecipe> members, CancellationToken cancellationToken)
        {
            if (data.Splits.Any(s => s.Demonstrations.Count < StackedPredictor.FewestDemonstrations)) return;
            foreach (var (rule, words) in ((StackingRule, string)[])[(StackingRule.OneStandardError, "one standard error"), (StackingRule.LeastError, "least error")])
                await StackAsync(group, $"{name}, {words}", members, rule, cancellationToken);
        }

        private async Task StackAsync(string group, string name, IReadOnlyList<PredictorRecipe> members, StackingRule rule, CancellationToken cancellationToken)
        {
            var stacks = new Dictionary<string, StackedPredictor>(StringComparer.Ordinal);
            foreach (var split in data.Splits)
            {
                var stack = await StackedPredictor.FitAsync(name, members, ScorecardBuilder.Demonstrations(split), rule, cancellationToken);
                stacks.Add(split.Seed, stack);
                Weights.Add((name, split.Seed, stack.Weights));
            }

            Add(group, name, s => stacks[s.Seed]);
        }
    }
}

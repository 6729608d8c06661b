using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Stacked;
using HsNas.Evaluation.TfsEval;
using HsNas.Evaluation.Uncertainty;
using HsNas.Predictors;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Cli.Predictors;

/// <summary>Scorecard rows of what is built on floors and on language models, with what stacking chose.</summary>
/// <param name="Rows">Predictors for the scorecard.</param>
/// <param name="Weights">Predictor, split, and the weight of each member.</param>
/// <param name="Spreads">Mean spread of each model over orders and samples, BLEU.</param>
internal sealed record LanguageModelRows(
    IReadOnlyList<ExtraPredictor> Rows,
    IReadOnlyList<(string Predictor, string Split, IReadOnlyList<(string Member, double Weight)> Weights)> Weights,
    IReadOnlyList<(string Predictor, double Spread)> Spreads)
{
    private const string FloorGroup = "Floors stacked, no language model";

    /// <summary>Asks and fits everything; nothing looks at a test label.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">Its seed architectures.</param>
    /// <param name="sessions">The models; none: the stack of the floors alone.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public static async Task<LanguageModelRows> FitAsync(
        TaskDefinition task, TfsEvalSet data, IReadOnlyList<LanguageModelSession> sessions, CancellationToken cancellationToken)
    {
        var building = new Building(data);
        PredictorRecipe[] floors = [PredictorRecipe.Depth, PredictorRecipe.TwoNumbers(CostModel.For(task))];
        await building.StackAsync(FloorGroup, "Stacked floors", floors, Chosen, cancellationToken);
        var spreads = new List<(string, double)>();
        foreach (var session in sessions) spreads.Add((session.Predictor, await building.AddModelAsync(task, session, floors, cancellationToken)));
        return new LanguageModelRows(building.Rows, building.Weights, spreads);
    }

    /// <summary>LLM-PP and its mean with the depth floor, nothing else: what random divisions are scored with.</summary>
    public static async Task<LanguageModelRows> FitBriefAsync(TaskDefinition task, TfsEvalSet data, LanguageModelSession session, CancellationToken cancellationToken)
    {
        var building = new Building(data);
        var llm = Recipe(task, session);
        building.Add(Group(session), llm.Name, s => llm.Fit(ScorecardBuilder.Demonstrations(s)));
        await building.StackAsync(Group(session), FloorAnd(llm), [PredictorRecipe.Depth, llm], FloorAndModel, cancellationToken);
        return new LanguageModelRows(building.Rows, building.Weights, []);
    }

    private static (StackingRule, string)[] Chosen => [(StackingRule.OneStandardError, "one standard error"), (StackingRule.LeastError, "least error")];

    private static (StackingRule, string)[] FloorAndModel => [(StackingRule.LeastError, "least error"), (StackingRule.Equal, "half each")];

    private static string Group(LanguageModelSession session) => session.IsRegression ? $"{session.Model} in place of a language model" : session.Model;

    private static string FloorAnd(PredictorRecipe llm) => $"{PredictorRecipe.Depth.Name} and {llm.Name}";

    private static PredictorRecipe Recipe(TaskDefinition task, LanguageModelSession session) =>
        PredictorRecipe.LanguageModel(task, session.Pairs, new PromptOptions(), session.Source(0)) with { Name = session.Predictor };

    private sealed class Building(TfsEvalSet data)
    {
        public List<ExtraPredictor> Rows { get; } = [];

        public List<(string Predictor, string Split, IReadOnlyList<(string Member, double Weight)> Weights)> Weights { get; } = [];

        public void Add(string group, string name, Func<TfsEvalSplit, IPerformancePredictor> create) => Rows.Add(new ExtraPredictor(group, name, create));

        // Returns the mean spread over orders and samples.
        public async Task<double> AddModelAsync(TaskDefinition task, LanguageModelSession session, PredictorRecipe[] floors, CancellationToken cancellationToken)
        {
            var (group, llm) = (Group(session), Recipe(task, session));
            var residual = PredictorRecipe.Residual(PredictorRecipe.Depth, llm);
            Add(group, llm.Name, s => llm.Fit(ScorecardBuilder.Demonstrations(s)));
            var ensembles = data.Splits.ToDictionary(
                s => s.Seed,
                s => EnsemblePredictor.OfOrders(task, ScorecardBuilder.Demonstrations(s), session.Pairs, new PromptOptions(), session.Orders, session.Sources, llm.Name),
                StringComparer.Ordinal);
            Add(group, ensembles.Values.First().Name, s => ensembles[s.Seed]);
            Add(group, residual.Name, s => residual.Fit(ScorecardBuilder.Demonstrations(s)));
            await StackAsync(group, $"Stacked with {llm.Name}", [.. floors, llm, residual], Chosen, cancellationToken);
            await StackAsync(group, FloorAnd(llm), [PredictorRecipe.Depth, llm], FloorAndModel, cancellationToken);
            var spreads = new List<double>();
            foreach (var split in data.Splits)
                spreads.AddRange((await ensembles[split.Seed].PredictAsync([.. split.Tests.Select(t => t.Architecture)], cancellationToken)).Select(p => p.Spread ?? 0));
            return spreads.Average();
        }

        public async Task StackAsync(
            string group, string name, IReadOnlyList<PredictorRecipe> members, (StackingRule Rule, string Words)[] rules, CancellationToken cancellationToken)
        {
            if (data.Splits.Any(s => s.Demonstrations.Count < StackedPredictor.FewestDemonstrations)) return;
            var named = rules.Select(r => (r.Rule, Name: $"{name}, {r.Words}")).ToList();
            var stacks = new Dictionary<string, IReadOnlyList<StackedPredictor>>(StringComparer.Ordinal);
            foreach (var split in data.Splits)
                stacks.Add(split.Seed, await StackedPredictor.FitAsync(members, ScorecardBuilder.Demonstrations(split), named, cancellationToken));
            foreach (var (i, (_, stack)) in named.Index())
            {
                Weights.AddRange(data.Splits.Select(s => (stack, s.Seed, stacks[s.Seed][i].Weights)));
                Add(group, stack, s => stacks[s.Seed][i]);
            }
        }
    }
}

using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Stacked;
using HsNas.Evaluation.TfsEval;
using HsNas.Evaluation.Uncertainty;
using HsNas.Predictors;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Cli.Predictors;

/// <summary>Collects the rows of <see cref="LanguageModelRows"/>, in the order in which they are added.</summary>
internal sealed class LanguageModelRowsBuilder(TaskDefinition task, TfsEvalSet data)
{
    private readonly List<ExtraPredictor> _rows = [];
    private readonly List<(string Predictor, string Split, IReadOnlyList<(string Member, double Weight)> Weights)> _weights = [];
    private readonly List<(string Predictor, double Spread)> _spreads = [];

    /// <summary>What was added.</summary>
    public LanguageModelRows Build() => new(_rows, _weights, _spreads);

    /// <summary>Adds a model's predictor; returns its recipe.</summary>
    public PredictorRecipe AddModel(LanguageModelSession session)
    {
        var llm = Recipe(session);
        Add(session.Group, llm.Name, s => llm.Fit(ScorecardBuilder.Demonstrations(s)));
        return llm;
    }

    /// <summary>Adds the mean of a model's answers over orders and samples; returns it for each split.</summary>
    public IReadOnlyList<(TfsEvalSplit Split, EnsemblePredictor Ensemble)> AddEnsembles(LanguageModelSession session)
    {
        var ensembles = data.Splits.Select(split => (Split: split, Ensemble: EnsemblePredictor.OfOrders(
            task, ScorecardBuilder.Demonstrations(split), session.Pairs, new PromptOptions(), session.Orders, session.Sources,
            session.Predictor))).ToList();
        Add(session.Group, ensembles[0].Ensemble.Name, s => ensembles.Single(e => e.Split.Seed == s.Seed).Ensemble);
        return ensembles;
    }

    /// <summary>Adds a model that predicts what the depth floor leaves over; returns its recipe.</summary>
    public PredictorRecipe AddResidual(LanguageModelSession session)
    {
        var residual = PredictorRecipe.Residual(PredictorRecipe.Depth, Recipe(session));
        Add(session.Group, residual.Name, s => residual.Fit(ScorecardBuilder.Demonstrations(s)));
        return residual;
    }

    /// <summary>Adds stacks of the depth floor and a model.</summary>
    public Task AddWithFloorAsync(LanguageModelSession session, CancellationToken cancellationToken)
    {
        var llm = Recipe(session);
        var name = $"{PredictorRecipe.Depth.Name} and {llm.Name}";
        return AddStacksAsync(session.Group, name, [PredictorRecipe.Depth, llm], StackRules.OfTwo, cancellationToken);
    }

    /// <summary>Adds a stack for each rule. Nothing is added where a split has too few demonstrations to stack.</summary>
    public async Task AddStacksAsync(
        string group, string name, IReadOnlyList<PredictorRecipe> members, IReadOnlyList<(StackingRule Rule, string Words)> rules,
        CancellationToken cancellationToken)
    {
        if (data.Splits.Any(s => s.Demonstrations.Count < StackedPredictor.FewestDemonstrations)) return;
        var named = rules.Select(r => (r.Rule, Name: $"{name}, {r.Words}")).ToList();
        var stacks = new Dictionary<string, IReadOnlyList<StackedPredictor>>(StringComparer.Ordinal);
        foreach (var split in data.Splits)
            stacks.Add(
                split.Seed, await StackedPredictor.FitAsync(members, ScorecardBuilder.Demonstrations(split), named, cancellationToken));
        foreach (var (i, (_, stack)) in named.Index())
        {
            _weights.AddRange(data.Splits.Select(s => (stack, s.Seed, stacks[s.Seed][i].Weights)));
            Add(group, stack, s => stacks[s.Seed][i]);
        }
    }

    /// <summary>Asks the ensembles about the tests, and notes the mean spread of their answers.</summary>
    public async Task AddSpreadAsync(
        LanguageModelSession session, IEnumerable<(TfsEvalSplit Split, EnsemblePredictor Ensemble)> ensembles,
            CancellationToken cancellationToken)
    {
        var spreads = new List<double>();
        foreach (var (split, ensemble) in ensembles)
        {
            var predictions = await ensemble.PredictAsync([.. split.Tests.Select(t => t.Architecture)], cancellationToken);
            spreads.AddRange(predictions.Select(p => p.Spread ?? 0));
        }

        _spreads.Add((session.Predictor, spreads.Average()));
    }

    private void Add(string group, string name, Func<TfsEvalSplit, IPerformancePredictor> create) =>
        _rows.Add(new ExtraPredictor(group, name, create));

    private PredictorRecipe Recipe(LanguageModelSession session) =>
        PredictorRecipe.LanguageModel(task, session.Pairs, new PromptOptions(), session.Source(0)) with { Name = session.Predictor };
}

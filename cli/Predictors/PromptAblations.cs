using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Stacked;
using HsNas.Evaluation.TfsEval;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Cli.Predictors;

/// <summary>A row of the prompt ablation.</summary>
/// <param name="Name">As Table 1 of the paper calls it.</param>
/// <param name="Characters">Mean length of a prompt.</param>
/// <param name="Row">Its scores.</param>
/// <param name="DiffersFromFull">Share of the answers that differ from those to the full prompt.</param>
internal sealed record AblationRow(string Name, double Characters, ScorecardRow Row, double DiffersFromFull);

/// <summary>The seven prompts of Table 1's ablation, asked of one model.</summary>
internal static class PromptAblations
{
    /// <summary>Name of a row.</summary>
    public static string NameOf(PromptAblation ablation) => ablation switch
    {
        PromptAblation.DemonstrationsOnly => "Demonstrations only",
        PromptAblation.RoleAndHyperparameters => "+ role, hyperparameters",
        PromptAblation.FirstInstruction => "+ first instruction (task, metric)",
        PromptAblation.SecondInstruction => "+ second (sentence pairs)",
        PromptAblation.ThirdInstruction => "+ third (backbone)",
        PromptAblation.FourthInstruction => "+ fourth (efficiency metric)",
        PromptAblation.FifthInstruction => "+ fifth: the full prompt",
        _ => throw new ArgumentOutOfRangeException(nameof(ablation)),
    };

    /// <summary>Asks every prompt about every test architecture.</summary>
    public static async Task<IReadOnlyList<AblationRow>> RunAsync(
        TaskDefinition task, TfsEvalSet data, LanguageModelSession session, CancellationToken cancellationToken)
    {
        var builder = await ScorecardBuilder.StartAsync(task, data, cancellationToken: cancellationToken);
        var source = session.Source(0);
        var ablations = Enum.GetValues<PromptAblation>();
        foreach (var ablation in ablations)
            await builder.AddAsync("Prompt", s => new LlmPredictor(Prompts(task, s, session, ablation), source), NameOf(ablation),
                cancellationToken);
        var card = builder.Build();
        var full = Answers(builder, ablations[^1]);
        return [.. ablations.Select(a => new AblationRow(
            NameOf(a),
            data.Splits.Average(s => s.Tests.Average(t => Prompts(task, s, session, a).Build(t.Architecture).Text.Length)),
            card[NameOf(a)],
            Answers(builder, a).Zip(full, (x, y) => x.Equals(y) ? 0.0 : 1).Average()))];
    }

    private static PromptBuilder Prompts(TaskDefinition task, TfsEvalSplit split, LanguageModelSession session, PromptAblation ablation) =>
        PredictorRecipe.Prompts(task, session.Pairs, new PromptOptions { Ablation = ablation }, ScorecardBuilder.Demonstrations(split));

    private static IEnumerable<double> Answers(ScorecardBuilder builder, PromptAblation ablation) =>
        builder.Outcomes.Single(o => o.Predictor == NameOf(ablation)).Splits.SelectMany(s => s.Tests.Select(t => t.Predicted));
}

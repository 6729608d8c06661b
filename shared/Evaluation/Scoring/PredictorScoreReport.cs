using System.Text.Json;
using HsNas.Charts;
using HsNas.Evaluation.InContext;
using HsNas.Evaluation.TfsEval;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.Scoring;

/// <summary>
/// All of <c>hsnas predictors score</c> but the reading and writing of files: floors, the honest in-context regression,
/// the MLP distilled from it, every supernet recorded in the file, and whatever else is asked for.
/// </summary>
public sealed class PredictorScoreReport
{
    private const double GapBin = 0.1;

    private PredictorScoreReport(Scorecard scorecard, IReadOnlyList<PredictorOutcome> outcomes, bool splitsAreGiven)
    {
        Scorecard = scorecard;
        Outcomes = outcomes;
        Text = ScorecardText.Render(scorecard)
            + (splitsAreGiven ? "" : "\nThe file has no splits: these were drawn, a third of the records as demonstrations.\n");
        Files = Render(scorecard, outcomes);
    }

    /// <summary>The numbers.</summary>
    public Scorecard Scorecard { get; }

    /// <summary>The predictions behind them.</summary>
    public IReadOnlyList<PredictorOutcome> Outcomes { get; }

    /// <summary>The table, ready to print.</summary>
    public string Text { get; }

    /// <summary>Content by file name: scorecard.json, scorecard.txt and the figures as SVG.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>Scores everything.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">Its TFS-Eval file, as <see cref="TfsEvalReader"/> read it.</param>
    /// <param name="options">What to cover; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    /// <exception cref="DataFormatException">A split holds fewer demonstrations than asked for.</exception>
    public static async Task<PredictorScoreReport> RunAsync(
        TaskDefinition task, TfsEvalSet data, PredictorScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = (options ?? new PredictorScoreOptions()).Validated();
        if (options.Demonstrations is { } count)
        {
            data = data.WithDemonstrations(count);
        }

        var builder = await ScorecardBuilder.StartAsync(task, data, options.TopK, cancellationToken);
        var cost = CostModel.For(task);
        var teachers = data.Splits.AsParallel().AsOrdered()
            .ToDictionary(s => s.Seed, s => new InContextPredictor(ScorecardBuilder.Demonstrations(s), cost), StringComparer.Ordinal);
        await builder.AddAsync("In-context regression", s => teachers[s.Seed], cancellationToken: cancellationToken);
        await builder.AddAsync("In-context regression", s => InContextPredictor.Ridge(ScorecardBuilder.Demonstrations(s), cost),
            cancellationToken: cancellationToken);
        if (options.DistillationPool > 0)
        {
            var distilled = data.Splits.AsParallel().AsOrdered()
                .ToDictionary(s => s.Seed, s => Distil(task, s, teachers[s.Seed], options, cancellationToken), StringComparer.Ordinal);
            await builder.AddAsync("In-context regression", s => distilled[s.Seed], cancellationToken: cancellationToken);
        }

        foreach (var name in data.SupernetNames)
        {
            var recorded = new RecordedPredictor(
                name, data.Records.ToDictionary(r => r.Architecture.Key, r => r.SupernetBleu[name], StringComparer.Ordinal));
            await builder.AddAsync("Supernet", _ => recorded, cancellationToken: cancellationToken);
        }

        foreach (var extra in options.Extra)
        {
            await builder.AddAsync(extra.Group, extra.Create, extra.Name, cancellationToken);
        }

        return new PredictorScoreReport(builder.Build(), builder.Outcomes, data.SplitsAreGiven);
    }

    private static DistilledPredictor Distil(
        TaskDefinition task, TfsEvalSplit split, InContextPredictor teacher, PredictorScoreOptions options,
            CancellationToken cancellationToken)
    {
        var pool = PredictorDistiller.Pool(
            task, options.DistillationPool, options.Distillation.Seed, split.Tests.Select(t => t.Architecture));
        var labels = new Prediction[pool.Count];
        teacher.Predict(pool, labels);
        var trained = PredictorDistiller.Train(task, pool, [.. labels.Select(l => l.Value)], options.Distillation, cancellationToken);
        return new DistilledPredictor(
            task.Space, trained.Model, DemonstratedRange.Of(ScorecardBuilder.Demonstrations(split)), "In-context regression, distilled");
    }

    private static Dictionary<string, string> Render(Scorecard card, IReadOnlyList<PredictorOutcome> outcomes)
    {
        var predictions = outcomes.Select(o => new { o.Group, o.Predictor, o.Direction, o.Splits });
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["scorecard.txt"] = ScorecardText.Render(card),
            ["scorecard.json"] = JsonSerializer.Serialize(new { Scorecard = card, Predictions = predictions }, StrictJson.Options) + "\n",
        };
        var gaps = outcomes.Select(o => (o.Predictor, o.DiscordantGaps())).Where(g => g.Item2.Count > 0).ToList();
        const string GapLabel = "gap in BLEU of wrongly ordered pairs";
        files["discordant-histogram.svg"] = Histogram.Render($"{card.Task}: wrongly ordered pairs", GapLabel, gaps, GapBin);
        files["discordant-cdf.svg"] = CdfChart.Render($"{card.Task}: wrongly ordered pairs", GapLabel, gaps);
        foreach (var outcome in outcomes.Where(o => o.PredictsBleu))
        {
            var groups = outcome.Splits.Select(s => new PointGroup(
                $"split {s.Seed}",
                [.. s.Tests.Select(t => (t.Actual, t.Predicted, (string?)$"architecture {t.ArchitectureId}"))])).ToList();
            files[$"predicted-vs-trained-{Slug(outcome.Predictor)}.svg"] = ScatterChart.Render(
                $"{card.Task}: {outcome.Predictor}", "trained validation BLEU", "predicted", groups, diagonal: true);
        }

        return files;
    }

    private static string Slug(string name) =>
        string.Join('-', string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

using System.Globalization;
using HsNas.Benchmarks.Latency;
using HsNas.Evaluation.InContext;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Kernel;
using HsNas.Kernel.Statistics;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Predictors;

/// <summary>
/// <c>rank-loss [DIVISIONS]</c>: the distilled MLP trained with squared error, with the rank loss and with half of each. Teachers are
/// in-context regressions on the demonstrations of a division; students are scored on the trained test architectures, by their
/// agreement with the teacher on architectures that neither saw, and by what the teacher thinks of the winner of a search that
/// only the student ranks.
/// </summary>
internal static class RankLossComparison
{
    private const int Unseen = 1000;
    private static readonly double[] Shares = [0, 0.5, 1];
    private static readonly (string Task, string File)[] Tasks =
    [
        ("wmt14-en-de", "data/published/seeds/wmt14-en-de.jsonl"), ("tiny-en-de", "data/seeds/tiny-en-de.jsonl"),
        ("tiny-en-fr", "data/seeds/tiny-en-fr.jsonl"),
    ];

    public static async Task<int> RunAsync(int divisions)
    {
        Console.WriteLine("| task, divisions | rank loss, share | MAE | tau-b | decision tau | minus squared error: MAE | tau-b |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var agreements = new List<string>();
        foreach (var (name, file) in Tasks)
        {
            using var reader = new StreamReader(Path.Combine(PublishedDevice.Repository(), file));
            var task = TaskCatalog.Get(name);
            var data = TfsEvalReader.Read(reader, file, task);
            await ScoreAsync(task, data, "own", null);
            var divided = data.WithRandomSplits(divisions, data.Splits[0].Demonstrations.Count, 1);
            await ScoreAsync(task, divided, $"{divisions} random", agreements);
        }

        Console.WriteLine();
        Console.WriteLine("| task | rank loss, share | RMSE to teacher | tau-b with teacher | winner's label by the teacher | "
            + "minus squared error |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var line in agreements) Console.WriteLine(line);
        return 0;
    }

    private static async Task ScoreAsync(TaskDefinition task, TfsEvalSet data, string divisions, List<string>? agreements)
    {
        var builder = await ScorecardBuilder.StartAsync(task, data);
        var figures = new RepeatedMeans();
        var teachers = data.Splits.ToDictionary(
            s => s.Seed, s => new InContextPredictor(ScorecardBuilder.Demonstrations(s), CostModel.For(task)), StringComparer.Ordinal);
        foreach (var share in Shares)
        {
            var students = data.Splits.AsParallel().AsOrdered().WithDegreeOfParallelism(2).ToDictionary(
                s => s.Seed, s => Distil(task, s, teachers[s.Seed], share), StringComparer.Ordinal);
            await builder.AddAsync("Distilled", s => students[s.Seed], Say(share));
            if (agreements is null) continue;
            foreach (var split in data.Splits) await CompareAsync(figures, Say(share), task, teachers[split.Seed], students[split.Seed]);
        }

        var outcomes = builder.Outcomes.Where(o => o.Group == "Distilled").ToList();
        foreach (var outcome in outcomes)
        {
            var row = outcome.ToRow(5);
            var gap = outcome == outcomes[0] ? null : PairedComparison.Of(outcome, outcomes[0]);
            Console.WriteLine($"| {task.Name}, {divisions} | {outcome.Predictor} | {Say(row.Mae)} | {Say(row.Tau)} | "
                + $"{Say(row.DecisionTau)} | {Say(gap?.Mae)} | {Say(gap?.Tau)} |");
        }

        if (agreements is null) return;
        foreach (var share in Shares.Select(Say))
            agreements.Add($"| {task.Name} | {share} | {figures.Say(share + " rmse", "0.000")} | {figures.Say(share + " tau", "0.000")} | "
                + $"{figures.Mean(share + " winner").ToString("0.000", CultureInfo.InvariantCulture)} | "
                + $"{(share == Say(0) ? "-" : figures.SayDifference(share + " winner", Say(0) + " winner", "0.000"))} |");
    }

    private static DistilledPredictor Distil(TaskDefinition task, TfsEvalSplit split, InContextPredictor teacher, double share)
    {
        var options = MlpTrainingOptions.Default with { RankShare = share };
        var pool = PredictorDistiller.Pool(
            task, PredictorDistiller.PaperPoolSize, options.Seed, split.Tests.Select(t => t.Architecture));
        var trained = PredictorDistiller.Train(task, pool, [.. pool.Select(a => teacher.Predict(a).Value)], options);
        return new DistilledPredictor(task.Space, trained.Model, DemonstratedRange.Of(ScorecardBuilder.Demonstrations(split)));
    }

    private static async Task CompareAsync(
        RepeatedMeans figures, string name, TaskDefinition task, InContextPredictor teacher, DistilledPredictor student)
    {
        var unseen = new ArchitectureSampler(task.Space, 99).Distinct(Unseen);
        double[] labels = [.. unseen.Select(a => teacher.Predict(a).Value)], predicted = [.. unseen.Select(a => student.Predict(a).Value)];
        figures.Add(name + " rmse", ErrorMeasures.RootMeanSquared(predicted, labels));
        figures.Add(name + " tau", RankCorrelation.KendallTauB(predicted, labels) ?? 0);
        // A limit in the middle of the space's costs, so that the largest architecture is no answer.
        var cost = CostModel.For(task);
        var limit = unseen.Select(a => cost.Evaluate(a).TotalGFlops).Order().ElementAt(Unseen / 2);
        var options = new EvolutionOptions { DistinctPopulation = true };
        var rankers = new HybridRankers(new HybridSchedule(1, options.Iterations), options.Iterations,
            new PredictorRanker(RankerIds.Distilled, student), supernet: null);
        var checker = new FeasibilityChecker(task, new SearchConstraints { GFlops = limit });
        var found = await InProcessSearch.RunAsync(new SearchSession(new EvolutionEngine(task, options, checker), rankers));
        figures.Add(name + " winner", teacher.Predict(found.Winner).Value);
    }

    private static string Say(double share) => share.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Say(MeasureSummary? measure) => measure is null ? "-"
        : FormattableString.Invariant($"{measure.Mean:0.000} ({measure.Low:0.000} to {measure.High:0.000})");
}

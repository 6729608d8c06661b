using System.CommandLine;
using System.Globalization;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Results;
using HsNas.Evaluation.InContext;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Cli.Commands;

/// <summary><c>results</c>: writes the page of results from committed data.</summary>
internal static class ResultsCommand
{
    /// <summary><c>results</c></summary>
    public static Command Create(CommandContext context)
    {
        var output = new Option<string?>("--out") { Description = "File to write; docs/results.md where not given." };
        var command = new Command("results", "Writes our own Table 1 of every task whose seed architectures we trained.") { output };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var workspace = context.Workspace;
            var results = new List<TaskResults>();
            // Published trainings are not our own results.
            foreach (var name in TaskCatalog.BuiltIn.Select(t => t.Name).Where(n => File.Exists(workspace.Seeds.Own(n))))
            {
                context.Say($"Scoring predictors on {name} ...");
                results.Add(await ScoreAsync(context, name, cancellationToken));
            }

            if (results.Count == 0) throw new CliException("No task has seed architectures in data/seeds.");
            var file = parse.GetValue(output) ?? Path.Combine(workspace.Root, "docs", "results.md");
            await File.WriteAllTextAsync(file, ResultsPage.Render(results, context.SupernetKinds), cancellationToken);
            context.Say($"Written to {Workspace.Display(Path.GetFullPath(file))}");
            return 0;
        });
        return command;
    }

    private static async Task<TaskResults> ScoreAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        var task = TaskCatalog.Get(name);
        var options = new PredictorScoreOptions();
        var scores = await TaskScores.RunAsync(context, task, file: null, models: null, options, cancellationToken);
        var seeds = scores.Data;
        var (training, split) = (task.Training, seeds.Splits[0]);
        var bleu = seeds.Records.Select(r => r.ValidBleu).ToList();
        var words = string.Create(CultureInfo.InvariantCulture,
            $"{seeds.Records.Count} architectures, each trained from scratch with {training?.ScratchSteps:N0} updates "
            + $"(validation BLEU {bleu.Min():F1} to {bleu.Max():F1}), "
            + $"{seeds.Splits.Count} splits of {split.Demonstrations.Count} demonstrations and {split.Tests.Count} tests.");
        var seconds = DistillationSeconds(task, split, options, cancellationToken);
        return new TaskResults(task, scores.Report.Scorecard, scores.Supernets, words, seconds);
    }

    private static double DistillationSeconds(
        TaskDefinition task, TfsEvalSplit split, PredictorScoreOptions options, CancellationToken cancellationToken)
    {
        var start = Environment.CpuUsage.TotalTime;
        var teacher = new InContextPredictor(ScorecardBuilder.Demonstrations(split), CostModel.For(task));
        var pool = PredictorDistiller.Pool(
            task, options.DistillationPool, options.Distillation.Seed, split.Tests.Select(t => t.Architecture));
        var labels = new Prediction[pool.Count];
        teacher.Predict(pool, labels);
        PredictorDistiller.Train(task, pool, [.. labels.Select(l => l.Value)], options.Distillation, cancellationToken);
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }
}

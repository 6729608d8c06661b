using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Predictors;
using HsNas.Cli.Results;
using HsNas.Evaluation.Scoring;

namespace HsNas.Cli.Commands;

/// <summary><c>predictors</c>: how good predictors are on architectures whose BLEU is known.</summary>
internal static class PredictorsCommands
{
    /// <summary><c>predictors</c></summary>
    public static Command Create(CommandContext context)
    {
        var task = new Option<string>("--task") { Description = "Task of the file, for example wmt14-en-de.", Required = true };
        var file = new Option<FileInfo?>("--tfs-eval")
        {
            Description = "TFS-Eval file, one architecture a line; the task's own seed architectures where not given.",
        };
        var topK = new Option<int>("--top-k") { Description = "k of top-k recall.", DefaultValueFactory = _ =>
            new PredictorScoreOptions().TopK };
        var shown = new Option<int?>("--demonstrations") { Description = "Demonstrations shown; all of a split where not given." };
        var model = new LanguageModelSettings();
        var folder = new Option<DirectoryInfo?>("--out") { Description = "Folder for scorecard.json, scorecard.txt and figures." };
        var score = new Command("score", "Scores predictors on trained architectures: error, rank correlation, floors.")
        {
            task, file, topK, shown, folder,
        };
        model.AddTo(score);
        context.Handle(score, async (parse, cancellationToken) =>
        {
            var definition = await context.Workspace.TaskAsync(parse.GetRequiredValue(task), cancellationToken);
            var options = new PredictorScoreOptions { TopK = parse.GetValue(topK), Demonstrations = parse.GetValue(shown) }.Validated();
            await using var opened = await model.OpenAsync(context, parse, otherwise: null, cancellationToken);
            var session = opened is null ? null : await opened.ShowingAsync(context.Workspace.Data, definition, cancellationToken);
            var scores = await TaskScores.RunAsync(
                context, definition, parse.GetValue(file), session?.All ?? [], options, cancellationToken);
            var report = scores.Report;
            context.Say(report.Text);
            if (parse.GetValue(folder) is not { } target) return 0;
            target.Create();
            foreach (var (name, content) in report.Files)
                await File.WriteAllTextAsync(Path.Combine(target.FullName, name), content, cancellationToken);
            context.Say($"{report.Files.Count} files written to {Workspace.Display(target.FullName)}");
            return 0;
        });
        return new Command("predictors", "Judges performance predictors.")
        {
            score, PredictorsReportCommands.CreateAblate(context), PredictorsReportCommands.CreateReport(context),
        };
    }
}

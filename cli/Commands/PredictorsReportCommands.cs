using System.CommandLine;
using System.Globalization;
using HsNas.Cli.Hosting;
using HsNas.Cli.Predictors;
using HsNas.Cli.Results;
using HsNas.Cli.Seeds;
using HsNas.Shared.Predictors.Scoring;
using HsNas.Shared.Tasks;

namespace HsNas.Cli.Commands;

/// <summary><c>predictors ablate</c> and <c>predictors report</c>.</summary>
internal static class PredictorsReportCommands
{
    /// <summary><c>predictors ablate</c></summary>
    public static Command CreateAblate(CommandContext context)
    {
        var task = new Option<string>("--task") { Description = "Task, for example tiny-en-de.", Required = true };
        var file = new Option<FileInfo?>("--tfs-eval") { Description = "TFS-Eval file; the task's own seed architectures where not given." };
        var model = new LanguageModelSettings();
        var command = new Command("ablate", "Asks the seven prompts of the paper's ablation; of the local regression where no endpoint is given.") { task, file };
        model.AddTo(command);
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var definition = await context.Workspace.TaskAsync(parse.GetRequiredValue(task), cancellationToken);
            var data = SeedFile.Read(context.Workspace, definition, parse.GetValue(file));
            await using var opened = await model.OpenAsync(context, parse, LanguageModelSettings.Local, cancellationToken);
            var session = await opened!.ShowingAsync(context.Workspace.Data, definition, cancellationToken);
            context.Say(PredictorsPage.Provenance(session));
            context.Say(PredictorsPage.Ablation(await PromptAblations.RunAsync(definition, data, session, cancellationToken), session));
            return 0;
        });
        return command;
    }

    /// <summary><c>predictors report</c></summary>
    public static Command CreateReport(CommandContext context)
    {
        var file = new Option<FileInfo?>("--tfs-eval") { Description = "Published TFS-Eval file of WMT14 En-De, for its section; without it that section is left out." };
        var output = new Option<string?>("--out") { Description = "File to write; docs/predictors.md where not given." };
        var model = new LanguageModelSettings();
        var command = new Command("report", "Writes the page of predictors: scorecard, stacks, prompt ablation, seed design.") { file, output };
        model.AddTo(command);
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var workspace = context.Workspace;
            await using var session = await model.OpenAsync(context, parse, LanguageModelSettings.Local, cancellationToken);
            var sections = new List<TaskPredictors>();
            foreach (var task in TaskCatalog.BuiltIn.Where(t => File.Exists(workspace.SeedsFile(t.Name))))
                sections.Add(await SectionAsync(context, task, null, session!, cancellationToken));
            if (parse.GetValue(file) is { } published)
                sections.Add(await SectionAsync(context, TaskCatalog.Get("wmt14-en-de"), published, session!, cancellationToken));
            if (sections.Count == 0) throw new CliException("No task has seed architectures in data/seeds, and no --tfs-eval is given.");
            var target = parse.GetValue(output) ?? Path.Combine(workspace.Root, "docs", "predictors.md");
            await File.WriteAllTextAsync(target, PredictorsPage.Render(sections), cancellationToken);
            context.Say($"Written to {Workspace.Display(Path.GetFullPath(target))}");
            return 0;
        });
        return command;
    }

    private static async Task<TaskPredictors> SectionAsync(CommandContext context, TaskDefinition task, FileInfo? file, LanguageModelSession opened, CancellationToken cancellationToken)
    {
        context.Say($"Scoring predictors on {task.Name} ...");
        var session = await opened.ShowingAsync(context.Workspace.Data, task, cancellationToken);
        var data = SeedFile.Read(context.Workspace, task, file);
        var supernets = file is not null ? [] : await SupernetFile.ReadAsync(context.Workspace.SupernetsFile(task.Name), data.Records.Count, cancellationToken);
        var rows = await LanguageModelRows.FitAsync(task, data, session.All, cancellationToken);
        var options = new PredictorScoreOptions { Extra = [.. rows.Rows, .. SupernetPredictors.Of(supernets, data)] };
        var report = await PredictorScoreReport.RunAsync(task, data, options, cancellationToken);
        var ablation = await PromptAblations.RunAsync(task, data, session, cancellationToken);
        var split = data.Splits[0];
        var source = string.Create(CultureInfo.InvariantCulture,
            $"{data.Records.Count} architectures trained from scratch, {(file is null ? $"`data/seeds/{task.Name}.jsonl` of this repository" : "the published TFS-Eval data set, which is no part of this repository")}; ")
            + $"{data.Splits.Count} splits of {split.Demonstrations.Count} demonstrations and {split.Tests.Count} tests.";
        return new TaskPredictors(task, source, data, report, rows, ablation, SeedDesignTrial.Run(task, data), await RandomDivisions.RunAsync(task, data, session.All, cancellationToken), session);
    }
}

using System.CommandLine;
using System.Globalization;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Predictors;
using HsNas.Cli.Predictors.Page;
using HsNas.Cli.Results;
using HsNas.Cli.Seeds;
using HsNas.Evaluation.Scoring;
using HsNas.Spaces;

namespace HsNas.Cli.Commands;

/// <summary><c>predictors ablate</c> and <c>predictors report</c>.</summary>
internal static class PredictorsReportCommands
{
    /// <summary><c>predictors ablate</c></summary>
    public static Command CreateAblate(CommandContext context)
    {
        var task = new Option<string>("--task") { Description = "Task, for example tiny-en-de.", Required = true };
        var file = new Option<FileInfo?>(
            "--tfs-eval") { Description = "TFS-Eval file; the task's own seed architectures where not given." };
        var model = new LanguageModelSettings();
        var command = new Command("ablate",
            "Asks the seven prompts of the paper's ablation; of the local regression where no endpoint is given.")
        {
            task, file,
        };
        model.AddTo(command);
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var definition = await context.Workspace.TaskAsync(parse.GetRequiredValue(task), cancellationToken);
            var data = SeedFile.Read(context.Workspace, definition, parse.GetValue(file));
            await using var opened = await model.OpenAsync(context, parse, LanguageModelSettings.Local, cancellationToken);
            var session = await opened!.ShowingAsync(context.Workspace.Data, definition, cancellationToken);
            context.Say(PredictorsPage.Provenance(session));
            context.Say(AblationTable.Of(await PromptAblations.RunAsync(definition, data, session, cancellationToken), session));
            return 0;
        });
        return command;
    }

    /// <summary><c>predictors report</c></summary>
    public static Command CreateReport(CommandContext context)
    {
        var task = new Option<string?>("--task")
        {
            Description = "The only task to report on; every built-in task with seed architectures where not given.",
        };
        var file = new Option<FileInfo?>("--tfs-eval")
        {
            Description = "TFS-Eval file of --task; the task's own seed architectures where not given.",
        };
        var output = new Option<string?>("--out")
        {
            Description = "File to write; where not given docs/predictors.md for all tasks, the screen for one.",
        };
        var model = new LanguageModelSettings();
        var command = new Command("report", "Writes the page of predictors: scorecard, stacks, prompt ablation, seed design.")
        {
            task, file, output,
        };
        model.AddTo(command);
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var workspace = context.Workspace;
            var (one, data) = (parse.GetValue(task), parse.GetValue(file));
            if (data is not null && one is null) throw new CliException("--tfs-eval needs --task, the task of its architectures.");
            IReadOnlyList<TaskDefinition> tasks = one is not null ? [await workspace.TaskAsync(one, cancellationToken)]
                : [.. TaskCatalog.BuiltIn.Where(t => workspace.Seeds.Find(t.Name) is not null)];
            if (tasks.Count == 0)
                throw new CliException("No task has seed architectures: this checkout has neither data/seeds nor data/published.");
            await using var session = await model.OpenAsync(context, parse, LanguageModelSettings.Local, cancellationToken);
            var sections = new List<TaskPredictors>();
            foreach (var definition in tasks) sections.Add(await SectionAsync(context, definition, data, session!, cancellationToken));
            var page = PredictorsPage.Render(sections);
            if (one is not null && parse.GetValue(output) is null)
            {
                context.Say(page);
                return 0;
            }

            var target = parse.GetValue(output) ?? Path.Combine(workspace.Root, "docs", "predictors.md");
            await File.WriteAllTextAsync(target, page, cancellationToken);
            context.Say($"Written to {Workspace.Display(Path.GetFullPath(target))}");
            return 0;
        });
        return command;
    }

    private static async Task<TaskPredictors> SectionAsync(
        CommandContext context, TaskDefinition task, FileInfo? file, LanguageModelSession opened, CancellationToken cancellationToken)
    {
        context.Say($"Scoring predictors on {task.Name} ...");
        var session = await opened.ShowingAsync(context.Workspace.Data, task, cancellationToken);
        var scores = await TaskScores.RunAsync(context, task, file, session.All, new PredictorScoreOptions(), cancellationToken);
        var data = scores.Data;
        var ablation = await PromptAblations.RunAsync(task, data, session, cancellationToken);
        var split = data.Splits[0];
        var origin = file is null ? $"`{Committed(context.Workspace, task)}` of this repository" : $"`{file.Name}`";
        var source = string.Create(CultureInfo.InvariantCulture, $"{data.Records.Count} architectures trained from scratch, {origin}; ")
            + $"{data.Splits.Count} splits of {split.Demonstrations.Count} demonstrations and {split.Tests.Count} tests.";
        var designs = SeedDesignTrial.Run(task, data);
        var divisions = await RandomDivisions.RunAsync(task, data, session.All, cancellationToken);
        return new TaskPredictors(task, source, data, scores.Report, scores.Rows!, ablation, designs, divisions, session);
    }

    private static string Committed(Workspace workspace, TaskDefinition task) =>
        Path.GetRelativePath(workspace.Root, workspace.Seeds.Find(task.Name)!).Replace(Path.DirectorySeparatorChar, '/');
}

using System.CommandLine;
using System.Globalization;
using HsNas.Cli.Hosting;
using HsNas.Cli.Seeds;
using HsNas.Shared.Predictors;
using HsNas.Shared.Predictors.LanguageModels;
using HsNas.Shared.Pricing;
using HsNas.Shared.Prompting;
using HsNas.Shared.Tasks;
using HsNas.Shared.Translation;
using Spectre.Console;

namespace HsNas.Cli.Commands;

/// <summary><c>cost estimate</c>: what labels will cost, before anything is spent.</summary>
internal static class CostCommands
{
    private const int Sample = 200;

    /// <summary><c>cost</c></summary>
    public static Command Create(CommandContext context)
    {
        var task = new Option<string>("--task") { Description = "Task, for example tiny-en-de.", DefaultValueFactory = _ => "tiny-en-de" };
        var labels = new Option<int>("--labels") { Description = "Architectures to label.", DefaultValueFactory = _ => PredictorDistiller.PaperPoolSize };
        var perCall = new Option<int>("--per-call") { Description = "Architectures asked about in one call (Llm__ArchitecturesPerCall).", DefaultValueFactory = _ => 1 };
        var reasoning = new Option<int>("--reasoning-tokens") { Description = "Hidden tokens a reasoning model is expected to take for an answer.", DefaultValueFactory = _ => 0 };
        var seeds = new Option<FileInfo?>("--tfs-eval") { Description = "Seed architectures in TFS-Eval form; the task's own where not given." };
        var ledger = new Option<FileInfo?>("--ledger") { Description = "Exported ledger: its token counts, as the provider counted them, replace the estimate." };
        var estimate = new Command("estimate", "Counts the tokens of the real prompts and prices them by every model of the dated list.") { task, labels, perCall, reasoning, seeds, ledger };
        context.Handle(estimate, async (parse, cancellationToken) =>
        {
            var (count, group) = (parse.GetValue(labels), parse.GetValue(perCall));
            if (count is < 1 or > 1_000_000) throw new CliException($"--labels is {count}; allowed: 1 to 1,000,000.");
            if (group is < 1 or > 100) throw new CliException($"--per-call is {group}; allowed: 1 to 100.");
            if (parse.GetValue(reasoning) < 0) throw new CliException("--reasoning-tokens must not be negative.");
            var definition = await context.Workspace.TaskAsync(parse.GetValue(task)!, cancellationToken);
            var prompts = await PromptsAsync(context, definition, parse.GetValue(seeds), cancellationToken);
            var cost = CostEstimate.Of(prompts, PredictorDistiller.Pool(definition, Sample, seed: 123), count, group, parse.GetValue(reasoning));
            if (parse.GetValue(ledger) is { } file) cost = await MeasuredAsync(cost, file, group, cancellationToken);
            Print(context, cost);
            return 0;
        });
        return new Command("cost", "Money for labels.") { estimate };
    }

    private static async Task<PromptBuilder> PromptsAsync(CommandContext context, TaskDefinition task, FileInfo? seeds, CancellationToken cancellationToken)
    {
        var demonstrations = SeedFile.Read(context.Workspace, task, seeds).InForce.Demonstrations.Select(d => d.ToDemonstration()).ToList();
        var pairs = await ValidationPairs.ReadAsync(context.Workspace.Data, task.Name, cancellationToken);
        if (pairs.Count == 0) context.Say($"{task.Name} has no data set here, so the prompts show no sentence pairs, which the real ones do: 'hsnas data prepare'.");
        return new PromptBuilder(task, demonstrations, pairs, new PromptOptions().Within(demonstrations.Count, pairs.Count));
    }

    private static async Task<CostEstimate> MeasuredAsync(CostEstimate cost, FileInfo file, int perCall, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new CliException($"{file} does not exist.");
        using var reader = file.OpenText();
        var entries = new List<LedgerEntry>();
        await foreach (var entry in LedgerFile.ReadAsync(reader, file.Name, cancellationToken)) entries.Add(entry);
        return cost.With(entries, perCall) ?? throw new CliException($"{file} holds no answers about {perCall} architectures with token counts.");
    }

    private static void Print(CommandContext context, CostEstimate cost)
    {
        var table = new Table().AddColumns("model", "in / cached / out, $ per million", "as listed", "with prompt cache");
        foreach (var price in PriceTable.BuiltIn.Models)
            table.AddRow(price.Model, $"{Plain(price.InputPerMillion)} / {(price.CachedInputPerMillion is { } c ? Plain(c) : "-")} / {Plain(price.OutputPerMillion)}",
                Dollars(price.Of(cost.Usage(cached: false))), Dollars(price.Of(cost.Usage(cached: true))));
        context.Say(Text($"{cost.Labels:N0} labels in {cost.Calls:N0} calls of {cost.Prompt:N0} prompt tokens, {cost.Prefix:N0} of them the same in all, and {cost.Completion:N0} answer tokens"));
        context.Say(cost.Measured ? "(as the provider counted them)." : "(estimated without the models' tokenizers, good to about 15 %; --ledger takes a provider's own counts).");
        context.Console.Write(table);
        context.Say(Text($"Prices as of {PriceTable.BuiltIn.AsOf:yyyy-MM-dd}. {PriceTable.BuiltIn.Source}"));
        context.Say("Answers that cannot be read are asked again and paid for again; a prompt cache is the provider's affair and never certain.");
        context.Say(Text($"The paper's sum: ${PaperCost.PerThousandTokens} x {PaperCost.Architectures:N0} x 1/3 thousand tokens = ${PaperCost.OneRun:0}, and ${PaperCost.AllRuns:N0} for its {PaperCost.Runs} runs."));
        context.Say(Text($"With the {cost.Prompt:N0} tokens that these prompts have, the same GPT-4 price gives ${PaperCost.With(cost.Prompt):N0} and ${PaperCost.With(cost.Prompt) * PaperCost.Runs:N0}."));
    }

    private static string Plain(decimal price) => price.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:N2}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

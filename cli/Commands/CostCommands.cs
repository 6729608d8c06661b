using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Screens;
using HsNas.Cli.Seeds;
using HsNas.Contracts.Stored;
using HsNas.Llm.Tokens;
using HsNas.Predictors;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Pricing;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Cli.Commands;

/// <summary><c>cost estimate</c>: what labels will cost, before anything is spent.</summary>
internal static class CostCommands
{
    private const int Sample = 200;

    private static IEnumerable<ITokenCounter> Counters =>
        PriceTable.BuiltIn.Models.Select(m => TokenCounters.For(m.Model)).DistinctBy(c => c.Name);

    /// <summary><c>cost</c></summary>
    public static Command Create(CommandContext context)
    {
        var task = new Option<string>("--task") { Description = "Task, for example tiny-en-de.", DefaultValueFactory = _ => "tiny-en-de" };
        var labels = new Option<int>("--labels") { Description = "Architectures to label.", DefaultValueFactory = _ =>
            PredictorDistiller.PaperPoolSize };
        var perCall = new Option<int>("--per-call") { Description = "Architectures asked about in one call (Llm__ArchitecturesPerCall).",
            DefaultValueFactory = _ => 1 };
        var reasoning = new Option<int>(
            "--reasoning-tokens") { Description = "Hidden tokens a reasoning model is expected to take for an answer.",
            DefaultValueFactory = _ => 0 };
        var seeds = new Option<FileInfo?>(
            "--tfs-eval") { Description = "Seed architectures in TFS-Eval form; the task's own where not given." };
        var ledger = new Option<FileInfo?>(
            "--ledger") { Description = "Exported ledger: its token counts, as the provider counted them, replace ours for every model." };
        var estimate = new Command("estimate",
            "Counts the tokens of the real prompts and prices them by every model of the dated list.") { task, labels, perCall, reasoning,
            seeds, ledger };
        context.Handle(estimate, async (parse, cancellationToken) =>
        {
            var (count, group) = (parse.GetValue(labels), parse.GetValue(perCall));
            if (count is < 1 or > 1_000_000) throw new CliException($"--labels is {count}; allowed: 1 to 1,000,000.");
            if (group is < 1 or > 100) throw new CliException($"--per-call is {group}; allowed: 1 to 100.");
            if (parse.GetValue(reasoning) < 0) throw new CliException("--reasoning-tokens must not be negative.");
            var definition = await context.Workspace.TaskAsync(parse.GetValue(task)!, cancellationToken);
            var prompts = await PromptsAsync(context, definition, parse.GetValue(seeds), cancellationToken);
            var sample = PredictorDistiller.Pool(definition, Sample, seed: 123);
            var entries = parse.GetValue(ledger) is { } file ? await EntriesAsync(file, cancellationToken) : null;
            var costs = Counters.ToDictionary(c => c.Name, Cost, StringComparer.Ordinal);
            CostScreen.Print(context, model => costs[TokenCounters.For(model).Name]);
            return 0;

            CostEstimate Cost(ITokenCounter counter)
            {
                var cost = CostEstimate.Of(prompts, sample, count, group, counter, parse.GetValue(reasoning));
                if (entries is null) return cost;
                var none = $"{parse.GetValue(ledger)} holds no answers about {group} architectures with token counts.";
                return cost.With(entries, group) ?? throw new CliException(none);
            }
        });
        return new Command("cost", "Money for labels.") { estimate };
    }

    private static async Task<PromptBuilder> PromptsAsync(
        CommandContext context, TaskDefinition task, FileInfo? seeds, CancellationToken cancellationToken)
    {
        var demonstrations = SeedFile.Read(context.Workspace, task, seeds).InForce.Demonstrations.Select(d => d.ToDemonstration()).ToList();
        var pairs = await ValidationPairs.ReadAsync(context.Workspace.Data, task.Name, cancellationToken);
        if (pairs.Count == 0)
            context.Say(
                $"{task.Name} has no data set here, so the prompts show no sentence pairs, which the real ones do: 'hsnas data prepare'.");
        return new PromptBuilder(task, demonstrations, pairs, new PromptOptions().Within(demonstrations.Count, pairs.Count));
    }

    private static async Task<IReadOnlyList<LedgerEntry>> EntriesAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new CliException($"{file} does not exist.");
        using var reader = file.OpenText();
        var entries = new List<LedgerEntry>();
        await foreach (var entry in LedgerFile.ReadAsync(reader, file.Name, cancellationToken)) entries.Add(entry);
        return entries;
    }
}

using System.Globalization;
using HsNas.Cli.CommandLine;
using HsNas.Predictors.Pricing;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>What labels will cost by every model of the price list.</summary>
internal static class CostScreen
{
    private const string PapersModel = "gpt-4";

    /// <summary>Prints it; <paramref name="costOf"/> gives what a model would count.</summary>
    public static void Print(CommandContext context, Func<string, CostEstimate> costOf)
    {
        var table = new Table().AddColumns("model", "prompt tokens", "in / cached / out, $ per million", "as listed", "with prompt cache");
        foreach (var price in PriceTable.BuiltIn.Models)
        {
            var cost = costOf(price.Model);
            var cached = price.CachedInputPerMillion is { } c ? Plain(c) : "-";
            table.AddRow(price.Model, Tokens(cost), $"{Plain(price.InputPerMillion)} / {cached} / {Plain(price.OutputPerMillion)}",
                Dollars(price.Of(cost.Usage(cached: false))), Dollars(price.Of(cost.Usage(cached: true))));
        }

        var paper = costOf(PapersModel);
        context.Say(Text($"{paper.Labels:N0} labels in {paper.Calls:N0} calls, each with {paper.Completion:N0} answer tokens.")
            + Text($" Of a prompt of {paper.Prompt:N0} tokens, {paper.Prefix:N0} are the same in all calls ({PapersModel})."));
        context.Console.Write(table);
        context.Say(paper.Counted == CostEstimate.Ledger
            ? "Tokens are counted by the provider, as the ledger has them."
            : "Prompt tokens are exact where an encoding stands beside them: the model's own tokenizer counted them."
                + " An estimate is good to about 15 %; --ledger takes a provider's own counts.");
        context.Say(Text($"Prices as of {PriceTable.BuiltIn.AsOf:yyyy-MM-dd}. {PriceTable.BuiltIn.Source}"));
        context.Say(
            "Answers that cannot be read are asked again and paid for again; a prompt cache is the provider's affair and never certain.");
        context.Say(
            Text($"The paper's sum: ${PaperCost.PerThousandTokens} x {PaperCost.Architectures:N0} x 1/3 thousand tokens")
            + Text($" = ${PaperCost.OneRun:0}, and ${PaperCost.AllRuns:N0} for its {PaperCost.Runs} runs."));
        var ours = PaperCost.With(paper.Prompt);
        context.Say(
            Text($"With the {paper.Prompt:N0} tokens that these prompts have, the same GPT-4 price gives ${ours:N0}")
            + Text($" and ${ours * PaperCost.Runs:N0}."));
    }

    private static string Tokens(CostEstimate cost) => Text($"{(cost.Exact ? "" : "about ")}{cost.Prompt:N0} ({cost.Counted})");

    private static string Plain(decimal price) => price.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:N2}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

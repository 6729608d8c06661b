using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HsNas.Cli.Hosting;
using HsNas.Cli.Tests.Support;
using HsNas.Kernel;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;

namespace HsNas.Cli.Tests.Commands;

/// <summary>cost estimate, as a user runs it.</summary>
public sealed class CostTests : IDisposable
{
    private const string Estimate = "cost estimate --task tiny-en-de --labels 1000";

    private readonly TemporaryFolder _root = new();

    public CostTests() =>
        _root.Write("data/seeds/tiny-en-de.jsonl",
            File.ReadAllText(Workspace.Find(Environment.GetEnvironmentVariable).Seeds.Own("tiny-en-de")));

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Each_model_is_counted_by_its_own_tokenizer_and_what_is_an_estimate_says_so()
    {
        var run = await CommandRun.OfAsync(Estimate, Root);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        foreach (var model in (string[])["gpt-5", "gpt-4.1-mini", "gpt-4o-mini", "o3"])
            Assert.Equal("o200k_base", Row(run.Output, model).Counted);
        Assert.Equal("cl100k_base", Row(run.Output, "gpt-4").Counted);
        Assert.Equal(("about ", "estimate"), (Row(run.Output, "in-context-ridge").About, Row(run.Output, "in-context-ridge").Counted));
        Assert.Equal("", Row(run.Output, "gpt-4o").About);
        Assert.InRange(Row(run.Output, "in-context-ridge").Tokens / (double)Row(run.Output, "gpt-4o").Tokens, 0.8, 1.2);
        Assert.Contains("An estimate is good to about 15 %", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_replaces_counts_of_ours_for_every_model()
    {
        var entry = new LedgerEntry
        {
            PromptHash = "p", Model = "m", ModelVersion = "1", Sample = 0, Answer = "25", Values = [new ParsedAnswer(25, null)],
                Usage = new TokenUsage(1234, 0, 4, 0), At = default,
        };
        var file = _root.Write("ledger.jsonl", JsonSerializer.Serialize(entry, Json.Options) + "\n");

        var run = await CommandRun.OfAsync($"{Estimate} --ledger {file}", Root);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.All((string[])["gpt-5", "gpt-4", "in-context-ridge"], model => Assert.Equal(("", 1234, "ledger"), Row(run.Output, model)));
        Assert.Contains("counted by the provider", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("estimate is", run.Output, StringComparison.Ordinal);
    }

    private (string, string) Root => ("HSNAS_ROOT", _root.Path);

    private static (string About, int Tokens, string Counted) Row(string output, string model)
    {
        var row = Regex.Match(output, $@"│ {Regex.Escape(model)} +│ (?<about>about )?(?<tokens>[0-9,]+) \((?<counted>\w+)\)",
            RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.True(row.Success, output);
        return (row.Groups["about"].Value, int.Parse(row.Groups["tokens"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture),
            row.Groups["counted"].Value);
    }
}

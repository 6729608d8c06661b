using System.Text.Json;
using HsNas.Cli.Hosting;
using HsNas.Cli.Predictors;
using HsNas.Cli.Seeds;
using HsNas.Evaluation.TfsEval;
using HsNas.Functions.Tests.Support;
using HsNas.Llm;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Predictors;

/// <summary>The seven prompts, asked of a model whose answer is a function of the prompt's length.</summary>
public class PromptAblationsTests
{
    private static readonly TaskDefinition Tiny = TaskCatalog.Get("tiny-en-de");
    private static readonly Lazy<TfsEvalSet> Seeds = new(() => SeedFile.Read(Workspace.Find(Environment.GetEnvironmentVariable), Tiny));

    [Fact]
    public async Task Each_prompt_is_longer_than_the_one_before_and_its_own_answers_are_its_row()
    {
        var rows = await RunAsync(pairs: 5);

        Assert.Equal(Enum.GetValues<PromptAblation>().Select(PromptAblations.NameOf), rows.Select(r => r.Name));
        Assert.All(rows.Zip(rows.Skip(1)), r => Assert.True(r.First.Characters < r.Second.Characters, r.Second.Name));
        Assert.Equal(0, rows[^1].DiffersFromFull);
        Assert.All(rows.SkipLast(1), r => Assert.InRange(r.DiffersFromFull, 0.5, 1));
        // The model says 10 BLEU and a hundredth for each hundred characters: biases lie as far apart as lengths do.
        Assert.All(rows, r => Assert.Equal((r.Characters - rows[0].Characters) / 10_000, r.Row.Bias!.Mean - rows[0].Row.Bias!.Mean, 0.01));
    }

    [Fact]
    public async Task The_second_instruction_asks_the_same_as_the_first_when_there_are_no_sentence_pairs()
    {
        var rows = await RunAsync(pairs: 0);

        var (first, second) = (rows[(int)PromptAblation.FirstInstruction], rows[(int)PromptAblation.SecondInstruction]);
        Assert.Equal(first with { Name = second.Name, Row = first.Row with { Predictor = second.Name } }, second);
    }

    private static async Task<IReadOnlyList<AblationRow>> RunAsync(int pairs)
    {
        await using var model = await RecordingModel.StartReadingAsync(Answer);
        var endpoint = new EndpointModel(new LlmOptions { Endpoint = model.Endpoint, Model = "m" }, null, null, TimeProvider.System);
        var shown = Enumerable.Range(0, pairs).Select(i => new SentencePair($"sentence {i}", $"Satz {i}")).ToList();
        await using var session = new LanguageModelSession(endpoint, shown, 2, 1, _ => { }, null);
        return await PromptAblations.RunAsync(Tiny, Seeds.Value, session, default);
    }

    private static Microsoft.AspNetCore.Http.IResult Answer(JsonElement body) => RecordingModel.Completion(
        FormattableString.Invariant($"{10 + (body.GetProperty("messages")[0].GetProperty("content").GetString()!.Length / 10_000.0):F2}"));
}

using HsNas.Contracts.Requests;
using HsNas.Functions.Distillation.Redistillation;
using HsNas.Functions.Predictors;
using HsNas.Kernel.Validation;
using HsNas.Llm;
using HsNas.Predictors;

namespace HsNas.Functions.Tests.Distillation;

public sealed class RedistillationTests
{
    private static readonly DistillationOrigin Origin = new("seeds", "prompt", "m", "1", "", ["a"]);
    private static readonly DistilledPredictorRecord Champion = new(
        "f", "model", new DemonstratedRange(1, 2, 1, 3, 20, 30), new LabelStatistics("m", 1, 1, 1, 1, 1),
            new PredictorQuality(1, null, 1, null, []), "first", default) { Origin = Origin };

    [Fact]
    public void Each_change_is_a_reason_of_its_own_and_nothing_else_is()
    {
        IReadOnlyList<string> Reasons(DistillationOrigin now, double days = 1) =>
            RedistillationReasons.Of(Champion, now, TimeSpan.FromDays(days), TimeSpan.FromDays(30));

        Assert.Empty(Reasons(Origin));
        Assert.Equal(["no predictor yet"], RedistillationReasons.Of(null, Origin, TimeSpan.MaxValue, null));
        Assert.Equal(["seed set"], Reasons(Origin with { Seeds = "x", Prompt = "y" }));
        Assert.Equal(["prompt"], Reasons(Origin with { Prompt = "x" }));
        Assert.Equal(["model"], Reasons(Origin with { Model = "x" }));
        Assert.Equal(["model"], Reasons(Origin with { ModelVersion = "2" }));
        Assert.Equal(["model"], Reasons(Origin with { Settings = "schema" }));
        Assert.Equal(["age"], Reasons(Origin, days: 31));
        Assert.Equal(["prompt", "model", "age"], Reasons(Origin with { Prompt = "x", Model = "y" }, days: 31));
        Assert.Empty(RedistillationReasons.Of(Champion, Origin, TimeSpan.FromDays(9999), maxAge: null));
    }

    [Theory]
    [InlineData(0.5, 0.6, true)]
    [InlineData(0.6, 0.6, true)]
    [InlineData(0.61, 0.6, false)]
    public void The_challenger_is_promoted_unless_it_is_worse(double challenger, double champion, bool promoted)
    {
        var (outcome, reason) = PromotionRule.Decide(new GoldScore(challenger, 0.1), new GoldScore(champion, 0.9), gold: 20);

        Assert.Equal(promoted ? PromotionOutcome.Promoted : PromotionOutcome.Kept, outcome);
        Assert.Contains("20 gold architectures", reason, StringComparison.Ordinal);
        Assert.Equal(PromotionOutcome.Promoted, PromotionRule.Decide(new GoldScore(9, null), null, 20).Outcome);
    }

    [Fact]
    public void Tasks_may_have_schedules_of_their_own()
    {
        var schedules = new RedistillationOptions { Tasks = "tiny-en-de; wmt14-en-de = 0 0 4 * * 1,3 ;" }.Validated(new LlmOptions())
            .Schedules().ToList();

        Assert.Equal(["tiny-en-de", "wmt14-en-de"], schedules.Select(s => s.Task));
        Assert.Null(schedules[0].Schedule);
        Assert.Equal(new DateTime(2026, 1, 5, 4, 0, 0), schedules[1].Schedule!.GetNextOccurrence(new DateTime(2026, 1, 1)));
        Assert.Contains("NCRONTAB", Assert.Throws<OptionException>(
            () => new RedistillationOptions { Tasks = "a = now and then" }.Validated(new LlmOptions())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("{}", null)]
    [InlineData("""{"labels":19}""", "labels")]
    [InlineData("""{"maxCostUsd":0}""", "maxCostUsd")]
    [InlineData("""{"fresh":1}""", "fresh")]
    [InlineData("""{"batches":true}""", "batches")]
    [InlineData("""{"colour":"red"}""", "colour")]
    [InlineData("[]", "$")]
    [InlineData("{", "$")]
    public void Requests_are_read_whole(string json, string? field)
    {
        var (request, errors) = RedistillationRequest.Read(System.Text.Encoding.UTF8.GetBytes(json));

        if (field is not null) Assert.Equal(field, Assert.Single(errors).Field);
        else Assert.True(errors.Count == 0 && request == new RedistillationRequest());
    }
}

using System.Text;
using HsNas.Contracts.Requests;

namespace HsNas.Functions.Tests.Requests;

public sealed class SearchRequestReaderTests
{
    private static readonly string[] Tasks = ["tiny-en-de", "wmt14-en-de"];

    public static TheoryData<string, string[]> Faulty => new()
    {
        { """{}""", ["task"] },
        { """{"task":"nope"}""", ["task"] },
        { """{"task":"TINY-EN-DE"}""", ["task"] },
        { """{"task":5}""", ["task"] },
        { """{"task":null}""", ["task"] },
        { """{"task":["tiny-en-de"]}""", ["task"] },
        { """{"task":"tiny-en-de","Task":"tiny-en-de"}""", ["Task"] },
        { """{"task":"tiny-en-de","colour":"red"}""", ["colour"] },
        { """{"task":"tiny-en-de","task":"tiny-en-de"}""", ["task"] },
        { """{"task":"tiny-en-de","device":""}""", ["device"] },
        { """{"task":"tiny-en-de","device":"../x"}""", ["device"] },
        { """{"task":"tiny-en-de","device":"gpu_1"}""", ["device"] },
        { """{"task":"tiny-en-de","device":"ä"}""", ["device"] },
        { """{"task":"tiny-en-de","device":7}""", ["device"] },
        { """{"task":"tiny-en-de","labels":19}""", ["labels"] },
        { """{"task":"tiny-en-de","labels":100001}""", ["labels"] },
        { """{"task":"tiny-en-de","labels":20.5}""", ["labels"] },
        { """{"task":"tiny-en-de","labels":"3000"}""", ["labels"] },
        { """{"task":"tiny-en-de","labels":1e400}""", ["labels"] },
        { """{"task":"tiny-en-de","maxCostUsd":0}""", ["maxCostUsd"] },
        { """{"task":"tiny-en-de","maxCostUsd":-0.5}""", ["maxCostUsd"] },
        { """{"task":"tiny-en-de","maxCostUsd":1e300}""", ["maxCostUsd"] },
        { """{"task":"tiny-en-de","maxCostUsd":"1"}""", ["maxCostUsd"] },
        { """{"task":"tiny-en-de","limits":{"latencyMs":9},"latencyConfidence":0.5}""", ["latencyConfidence"] },
        { """{"task":"tiny-en-de","limits":{"latencyMs":9},"latencyConfidence":1}""", ["latencyConfidence"] },
        { """{"task":"tiny-en-de","limits":{"latencyMs":9},"latencyConfidence":"0.9"}""", ["latencyConfidence"] },
        { """{"task":"tiny-en-de","limits":{"latencyMs":9},"latencyConfidence":90}""", ["latencyConfidence"] },
        { """{"task":"tiny-en-de","limits":{"gFlops":1},"latencyConfidence":0.9}""", ["latencyConfidence"] },
        { """{"task":"tiny-en-de","latencyConfidence":0.9}""", ["latencyConfidence"] },
        { """{"task":"tiny-en-de","compare":"yes"}""", ["compare"] },
        { """{"task":"tiny-en-de","compare":1}""", ["compare"] },
        { """{"task":"tiny-en-de","winner":{"steps":0,"average":21}}""", ["winner.steps", "winner.average"] },
        { """{"task":"tiny-en-de","winner":{"patience":0,"checkEvery":1.5}}""", ["winner.patience", "winner.checkEvery"] },
        { """{"task":"tiny-en-de","winner":{"updates":5}}""", ["winner.updates"] },
        { """{"task":"tiny-en-de","trainWinner":false,"winner":{}}""", ["winner"] },
        { """{"task":"tiny-en-de","trainWinner":null}""", ["trainWinner"] },
        { """{"task":"tiny-en-de","trainWinner":false,"distilText":{}}""", ["distilText"] },
        { """{"task":"tiny-en-de","distilText":"largest"}""", ["distilText"] },
        { """{"task":"tiny-en-de","distilText":{"teacher":"../x","steps":0}}""", ["distilText.teacher", "distilText.steps"] },
        { """{"task":"tiny-en-de","distilText":{"teacher":"8f0c","steps":9}}""", ["distilText.steps"] },
        { """{"task":"tiny-en-de","distilText":{"beam":4}}""", ["distilText.beam"] },
        { """{"task":"tiny-en-de","limits":[]}""", ["limits"] },
        { """{"task":"tiny-en-de","limits":"none"}""", ["limits"] },
        { """{"task":"tiny-en-de","limits":{"latencyMs":0}}""", ["limits.latencyMs"] },
        { """{"task":"tiny-en-de","limits":{"latencyMs":-1,"gFlops":"1"}}""", ["limits.latencyMs", "limits.gFlops"] },
        { """{"task":"tiny-en-de","limits":{"gFlops":1e999}}""", ["limits.gFlops"] },
        { """{"task":"tiny-en-de","limits":{"gFlopsWithoutLastLayer":true}}""", ["limits.gFlopsWithoutLastLayer"] },
        { """{"task":"tiny-en-de","limits":{"parametersMillions":{}}}""", ["limits.parametersMillions"] },
        { """{"task":"tiny-en-de","limits":{"encoderAtLeastAsDeep":"x"}}""", ["limits.encoderAtLeastAsDeep"] },
        { """{"task":"tiny-en-de","limits":{"latency":5}}""", ["limits.latency"] },
        { """{"task":"tiny-en-de","limits":{"gFlops":1,"gFlops":2}}""", ["limits.gFlops"] },
        { """{"task":"tiny-en-de","objectives":"quality"}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":["quality"]}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":[]}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":["quality","speed"]}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":["quality","latencyMs"]}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":["quality","quality"]}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":["latency","gFlops"]}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":["quality","latency","gFlops","parameters"]}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":["quality",3]}""", ["objectives"] },
        { """{"task":"tiny-en-de","objectives":["quality","latency"],"limits":{"latencyMs":9}}""", ["objectives"] },
        {
            """{"task":"tiny-en-de","objectives":["latency","parameters"],"limits":{"parametersMillions":1}}""",
            ["objectives", "objectives"]
        },
        {
            """{"task":"tiny-en-de","objectives":["quality","latency"],"evolution":{"convergence":{"patience":3}}}""",
            ["evolution.convergence"]
        },
        { """{"task":"tiny-en-de","window":{"start":1,"end":31}}""", ["window.end"] },
        { """{"task":"tiny-en-de","window":{"start":0,"end":5}}""", ["window.start"] },
        { """{"task":"tiny-en-de","window":{"start":5,"end":4}}""", ["window.end"] },
        { """{"task":"tiny-en-de","window":{"start":-1,"end":4}}""", ["window.start"] },
        { """{"task":"tiny-en-de","window":{"start":1,"end":4,"middle":2}}""", ["window.middle"] },
        { """{"task":"tiny-en-de","window":[1,15]}""", ["window"] },
        { """{"task":"tiny-en-de","window":{"start":1,"end":8},"evolution":{"iterations":6}}""", ["window.end"] },
        { """{"task":"tiny-en-de","evolution":{"iterations":0}}""", ["evolution.iterations"] },
        { """{"task":"tiny-en-de","evolution":{"iterations":10001}}""", ["evolution.iterations"] },
        { """{"task":"tiny-en-de","evolution":{"population":100}}""", ["evolution.population"] },
        { """{"task":"tiny-en-de","evolution":{"parents":1}}""", ["evolution.parents"] },
        { """{"task":"tiny-en-de","evolution":{"mutationProbability":1.5}}""", ["evolution.mutationProbability"] },
        { """{"task":"tiny-en-de","evolution":{"seed":1.5}}""", ["evolution.seed"] },
        { """{"task":"tiny-en-de","evolution":{"seed":99999999999999999999}}""", ["evolution.seed"] },
        { """{"task":"tiny-en-de","evolution":{"replication":{}}}""", ["evolution.replication"] },
        { """{"task":"tiny-en-de","teacher":"gpt"}""", ["teacher"] },
        { """{"task":"tiny-en-de","supernet":"hat"}""", ["supernet"] },
        { """{"task":"tiny-en-de","supernet":{"kind":"HAT","steps":0}}""", ["supernet.kind", "supernet.steps"] },
        { """{"task":"tiny-en-de","supernet":{"experts":2}}""", ["supernet.experts"] },
        {
            """{"task":"tiny-en-de","supernet":{"kind":"mos-layer","experts":65,"routerWidth":4097,"m":1}}""",
            ["supernet.experts", "supernet.routerWidth", "supernet.m"]
        },
        { """{"task":"nope","device":"a b","labels":1,"compare":2,"x":3}""", ["task", "device", "labels", "compare", "x"] },
        { """["tiny-en-de"]""", ["$"] },
        { "\"tiny-en-de\"", ["$"] },
        { "null", ["$"] },
        { "17", ["$"] },
        { "", ["$"] },
        { "   ", ["$"] },
        { "{", ["$"] },
        { """{"task":"tiny-en-de",}""", ["$"] },
        { """{"task":"tiny-en-de"} {}""", ["$"] },
        { """{"task":"tiny-en-de"/* comment */}""", ["$"] },
        { """{'task':'tiny-en-de'}""", ["$"] },
        { """{"task":NaN}""", ["$"] },
        { "﻿{\"task\":\"tiny-en-de\"}", ["$"] },
        { """{"task":"\ud800"}""", ["task"] },
        { """{"\udc00":1}""", ["$", "task"] },
        { """{"task":"tiny-en-de","limits":{"\udc00":1}}""", ["limits"] },
        { """{"task":"tiny-en-de","device":"\udfff","labels":"\ud800"}""", ["device", "labels"] },
        { """{"task":"tiny-en-de","colour":"\ud800"}""", ["colour"] },
        { """{"device":"a","device":"b"}""", ["device", "task"] },
        { """{"task":"tiny-en-de","":1,"limits":{"":2}}""", ["\"\"", "limits.\"\""] },
        { """{"task":"tiny-en-de","limits":{"latencyMs":[[[[[[[1]]]]]]]}}""", ["limits.latencyMs"] },
        { """{"task":"tiny-en-de","limits":[{"a":[[[[[[1]]]]]]}]}""", ["limits[].a"] },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Every_fault_is_named_by_its_field(string json, string[] fields)
    {
        var read = SearchRequestReader.Read(Encoding.UTF8.GetBytes(json), Tasks);

        Assert.Null(read.Request);
        Assert.Equal(fields.Order(StringComparer.Ordinal), read.Errors.Select(e => e.Field).Order(StringComparer.Ordinal));
        Assert.All(read.Errors, e => Assert.InRange(e.Message.Length, 5, 300));
    }

    [Fact]
    public void Ten_megabytes_are_refused_unread()
    {
        var read = SearchRequestReader.Read(Encoding.UTF8.GetBytes($"{{\"task\":\"{new string('x', 10_000_000)}\"}}"), Tasks);

        Assert.Equal("$", Assert.Single(read.Errors).Field);
        Assert.Contains("at most 65536", read.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(30_000)]
    public void Deep_nesting_is_refused_by_the_field_that_nests(int depth)
    {
        var json = $"{{\"task\":{new string('[', depth)}{new string(']', depth)}}}";

        var error = Assert.Single(SearchRequestReader.Read(Encoding.UTF8.GetBytes(json), Tasks).Errors);
        Assert.Equal("task", error.Field);
        Assert.Contains("at most 8 levels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var read = SearchRequestReader.Read((byte[])[.. "{\"task\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8], Tasks);

        Assert.Equal("task", Assert.Single(read.Errors).Field);
    }

    [Fact]
    public void A_small_request_full_of_faults_makes_no_large_answer()
    {
        var fields = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"f{i}\":0"));
        var read = SearchRequestReader.Read(Encoding.UTF8.GetBytes($"{{\"task\":\"tiny-en-de\",{fields}}}"), Tasks);

        Assert.Equal(51, read.Errors.Count);
        Assert.Equal(("$", "has 4950 more faults."), (read.Errors[^1].Field, read.Errors[^1].Message));
    }

    [Fact]
    public void A_long_unknown_field_is_named_in_short()
    {
        var read = SearchRequestReader.Read(Encoding.UTF8.GetBytes($"{{\"task\":\"tiny-en-de\",\"{new string('x', 50_000)}\":1}}"), Tasks);

        Assert.InRange(Assert.Single(read.Errors).Field.Length, 1, 80);
    }

    [Fact]
    public void A_request_of_only_a_task_has_the_papers_settings()
    {
        var request = SearchRequestReader.Read("""{"task":"tiny-en-de"}"""u8.ToArray(), Tasks).Request!;

        Assert.Equal((30, 125, 25, 50, 50, 0.3), (request.Evolution.Iterations, request.Evolution.Population, request.Evolution.Parents,
            request.Evolution.Mutations, request.Evolution.Crossovers, request.Evolution.MutationProbability));
        Assert.Equal(3000, request.Labels);
        Assert.Equal((1, 15), (request.Schedule.Start, request.Schedule.End));
        Assert.Equal(("hat", "llm"), (request.Supernet.Kind, request.Teacher));
        Assert.True(request.TrainWinner);
    }

    [Fact]
    public void Objectives_are_read_in_their_order_and_go_with_limits_on_other_quantities()
    {
        var request = SearchRequestReader.Read("""
            {"task":"tiny-en-de","objectives":["parameters","quality","latency"],"limits":{"gFlops":0.02,"encoderAtLeastAsDeep":true}}
            """u8.ToArray(), Tasks).Request!;

        Assert.Equal(["parameters", "quality", "latency"], request.Objectives);
        Assert.Equal(0.02, request.Limits.GFlops);
        Assert.Equal(("surrogate", "full"), (request.Scoring, request.ScoringInForce));
        Assert.Null(SearchRequestReader.Read("""{"task":"tiny-en-de","objectives":null}"""u8.ToArray(), Tasks).Request!.Objectives);
    }

    [Fact]
    public void Faults_of_objectives_say_what_is_allowed_and_which_limit_contradicts()
    {
        static string Message(string rest) => Assert.Single(
            SearchRequestReader.Read(Encoding.UTF8.GetBytes("{\"task\":\"tiny-en-de\"," + rest + "}"), Tasks).Errors).Message;

        Assert.Equal(
            "must be a list of 2 to 3 different ones of quality, latency, gFlops, gFlopsWithoutLastLayer, parameters, or null, not 1.",
            Message("\"objectives\":[\"quality\"]"));
        Assert.EndsWith(", not \"speed\".", Message("\"objectives\":[\"quality\",\"speed\"]"), StringComparison.Ordinal);
        Assert.EndsWith(", not the same twice.", Message("\"objectives\":[\"quality\",\"quality\"]"), StringComparison.Ordinal);
        Assert.StartsWith(
            "holds latency, and limits.latencyMs limits the same; leave out one of them.",
            Message("\"objectives\":[\"quality\",\"latency\"],\"limits\":{\"latencyMs\":9}"), StringComparison.Ordinal);
        Assert.StartsWith("must hold quality", Message("\"objectives\":[\"gFlops\",\"latency\"]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_request_is_read_as_it_stands()
    {
        var request = SearchRequestReader.Read("""
            {"task":"wmt14-en-de","device":"titan-xp","labels":20,"compare":true,"trainWinner":false,"window":{"start":-1,"end":-1},
             "teacher":"supernet","supernet":{"kind":"mos-neuron","steps":40000,"experts":6,"routerWidth":64},
             "limits":{"latencyMs":100.5,"gFlops":null,"parametersMillions":40,"encoderAtLeastAsDeep":true},
             "latencyConfidence":0.9,"evolution":{"iterations":2,"population":4,"parents":2,"mutations":1,"crossovers":1,
             "mutationProbability":0,"seed":-5,"distinctPopulation":false}}
            """u8.ToArray(), Tasks).Request!;

        Assert.Equal(
            ("wmt14-en-de", "titan-xp", 20, true, false),
            (request.Task, request.Device, request.Labels, request.Compare, request.TrainWinner));
        Assert.Equal(new SupernetChoice { Kind = "mos-neuron", Steps = 40000, Experts = 6, RouterWidth = 64 }, request.Supernet);
        Assert.Equal("supernet", request.Teacher);
        Assert.Equal(
            (100.5, null, 40.0, true),
            (request.Limits.LatencyMs, request.Limits.GFlops, request.Limits.ParametersMillions, request.Limits.EncoderAtLeastAsDeep));
        Assert.Equal((-5L, false), (request.Evolution.Seed, request.Evolution.DistinctPopulation));
        Assert.False(request.Schedule.IsDistilled(1));
        Assert.Equal(0.9, request.LatencyConfidence);
    }
}

using HsNas.Cli.Hosting;
using HsNas.Cli.Tests.Support;

namespace HsNas.Cli.Tests.Commands;

/// <summary>A task whose seed architectures others published and trained.</summary>
public sealed class PublishedTaskTests
{
    private const string Task = "wmt14-en-de";

    [Fact]
    public async Task Its_labels_are_priced_without_training_first()
    {
        var run = await RunAsync($"cost estimate --task {Task}");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Matches("3,000 labels in 3,000 calls, each with 5 answer tokens. Of a prompt of [0-9,]+ tokens", run.Output);
    }

    [Fact]
    public async Task Its_predictors_are_scored_without_a_file_as_with_the_same_file()
    {
        var own = await RunAsync($"predictors score --task {Task}");
        var named = await RunAsync($"predictors score --task {Task} --tfs-eval {Workspace.Find(_ => null).Seeds.Find(Task)}");
        Assert.Equal((0, ""), (own.ExitCode, own.Errors));
        Assert.Contains("Neuron-wise MoS", own.Output, StringComparison.Ordinal);
        Assert.Equal(named.Output, own.Output);
    }

    [Fact]
    public async Task A_report_on_a_file_needs_to_know_the_task()
    {
        var run = await RunAsync("predictors report --tfs-eval some.jsonl");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--tfs-eval needs --task", run.Errors, StringComparison.Ordinal);
    }

    private static Task<CommandRun> RunAsync(string line) => CommandRun.OfAsync(line);
}

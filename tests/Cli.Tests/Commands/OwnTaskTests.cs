using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Cli.Hosting;
using HsNas.Cli.Seeds;
using HsNas.Cli.Tests.Support;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Cli.Tests.Commands;

/// <summary>A task of the user's own, from its definition to scored predictors.</summary>
public sealed class OwnTaskTests : IDisposable
{
    private const string Mine = "mine";

    private readonly TemporaryFolder _root = new();
    private readonly string _definition;
    private readonly string _seeds;
    private readonly string _source;
    private readonly string _target;

    public OwnTaskTests()
    {
        var twin = TaskCatalog.Get("tiny-en-de");
        var task = twin with { Name = Mine, VocabularySize = 60 };
        _definition = _root.Write("mine.json", JsonSerializer.Serialize(task, StrictJson.Options));
        _seeds = _root.Write("data/seeds/mine.jsonl", Seeds(twin, task));
        _source = _root.Write("text.a", Lines(i => $"the file {i} is open in window {i % 20}"));
        _target = _root.Write("text.b", Lines(i => $"in window {i % 20} is open the file {i}"));
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Every_command_about_tasks_takes_it()
    {
        foreach (var line in new[]
        {
            $"data prepare {Mine} --definition {_definition} --train {_source} {_target}",
            $"seeds design {Mine} --count 2", $"predictors score --task {Mine}", $"predictors score --task {Mine} --tfs-eval {_seeds}",
                $"cost estimate --task {Mine} --labels 10",
        })
        {
            var run = await RunAsync(line);
            Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        }
    }

    [Theory]
    [InlineData("seeds train other")]
    [InlineData("seeds design ../mine")]
    [InlineData("predictors score --task other")]
    public async Task One_that_is_not_there_is_an_error_that_lists_the_built_in_ones(string line)
    {
        var run = await RunAsync(line);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("wmt14-en-de", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_task_brings_no_text_of_its_own()
    {
        var run = await RunAsync($"data prepare {Mine} --definition {_definition}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("mine brings no text: give --train SOURCE TARGET", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_without_a_data_set_is_not_trained()
    {
        var run = await RunAsync("seeds train tiny-en-de");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("tiny-en-de has no data set here: run './hsnas data prepare tiny-en-de'", run.Errors, StringComparison.Ordinal);
    }

    // The twin's trainings, with what another vocabulary costs.
    private static string Seeds(TaskDefinition twin, TaskDefinition task)
    {
        var workspace = Workspace.Find(Environment.GetEnvironmentVariable);
        var records = SeedFile.Read(workspace, twin).Records;
        var model = CostModel.For(task);
        return string.Join('\n', File.ReadLines(workspace.Seeds.Own(twin.Name)).Zip(records, (line, record) =>
        {
            var (row, cost) = (JsonNode.Parse(line)!.AsObject(), model.Evaluate(record.Architecture));
            (row["dataset"], row["params_embed"], row["params_no_embed"]) =
                (task.Name, cost.EmbeddingParameters, cost.ParametersWithoutEmbeddings);
            (row["total_flops"], row["last_layer_flops"]) = (cost.TotalFlops, cost.LastLayerFlops);
            return row.ToJsonString();
        }));
    }

    private static string Lines(Func<int, string> line) => string.Join('\n', Enumerable.Range(0, 400).Select(line));

    private Task<CommandRun> RunAsync(string line) => CommandRun.OfAsync(line, ("HSNAS_ROOT", _root.Path));
}

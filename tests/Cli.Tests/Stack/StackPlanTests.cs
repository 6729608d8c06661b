using HsNas.Cli.Tests.Support;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;

namespace HsNas.Cli.Tests.Stack;

public sealed class StackPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StackPlanTests()
    {
        foreach (var (project, assembly) in new[] { ("functions", "HsNas.Functions"), ("gpu-worker", "HsNas.GpuWorker"),
            ("local/InContextModel", "HsNas.Local.InContextModel") })
            _folder.Write($"{project}/bin/Release/net10.0/{assembly}.dll", "");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_function_app_gets_settings_that_fit_two_cores()
    {
        var functions = Plan(_ => null).Functions;

        Assert.Equal("3", functions.Environment["Pipeline__ScoreJobs"]);
        Assert.Equal("120", functions.Environment["Pipeline__LatencyArchitectures"]);
        Assert.Equal("http://127.0.0.1:5/v1", functions.Environment["Llm__Endpoint"]);
        Assert.Equal("in-context-ridge", functions.Environment["Llm__Model"]);
        Assert.Equal(Path.Combine(_folder.Path, "run", "durable.db"), functions.Environment["DurableTask__LocalStorePath"]);
        Assert.Equal(Path.Combine(_folder.Path, "functions/bin/Release/net10.0"), functions.WorkingFolder);
    }

    [Fact]
    public void Workers_yield_to_all_that_somebody_waits_for()
    {
        var plan = Plan(_ => null);

        Assert.All(plan.Workers, w => Assert.Equal(Yielding.Prefix, w.Command.Take(w.Command.Count - 2)));
        Assert.Equal("dotnet", plan.Functions.Command[0]);
    }

    [Fact]
    public void What_the_users_environment_sets_is_left_alone()
    {
        var plan = Plan(name => name switch { "Pipeline__ScoreJobs" => "9", "Llm__Endpoint" => "https://llm.test/v1", _ => null });

        Assert.False(plan.UsesInContextModel);
        Assert.DoesNotContain("Pipeline__ScoreJobs", plan.Functions.Environment.Keys);
        Assert.DoesNotContain(plan.Functions.Environment.Keys, k => k.StartsWith("Llm__", StringComparison.Ordinal));
    }

    [Fact]
    public void Workers_share_storage_run_one_thread_each_and_keep_their_memory()
    {
        var workers = Plan(_ => null).Workers.ToList();

        Assert.Equal(["worker-1", "worker-2", "worker-3"], workers.Select(w => w.Name));
        Assert.All(workers, w => Assert.Equal("1", w.Environment["OMP_NUM_THREADS"]));
        Assert.All(workers, w => Assert.Equal("33554432", w.Environment["MALLOC_MMAP_THRESHOLD_"]));
        Assert.Single(workers.Select(w => w.Environment["AzureWebJobsStorage"]).Distinct());
    }

    [Fact]
    public void Something_not_built_is_named()
    {
        File.Delete(Path.Combine(_folder.Path, "gpu-worker/bin/Release/net10.0/HsNas.GpuWorker.dll"));

        var e = Assert.Throws<StackException>(() => Plan(_ => null).Workers.ToList());

        Assert.Contains("worker-1 is not built", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_are_distinct()
    {
        var ports = StackPorts.Find(customary: false);

        Assert.Equal(5, new[] { ports.Functions, ports.Blobs, ports.Queues, ports.Tables, ports.Model }.Distinct().Count());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("two")]
    public void A_number_of_workers_that_makes_no_sense_is_refused(string workers)
    {
        var azurite = _folder.Write("azurite.js", "");

        Assert.Throws<StackException>(
            () => StackOptions.FromEnvironment(_folder.Path, "run", name => name == "HSNAS_AZURITE" ? azurite : workers));
    }

    [Fact]
    public void Azurite_that_is_not_there_is_said_before_anything_starts() =>
        Assert.Throws<StackException>(() => StackOptions.FromEnvironment(_folder.Path, "run", _ => null));

    private StackPlan Plan(Func<string, string?> variable)
    {
        var ports = new StackPorts(1, 2, 3, 4, 5);
        var options = new StackOptions
        {
            Root = _folder.Path, RunFolder = Path.Combine(_folder.Path, "run"), DataFolder = Path.Combine(_folder.Path, "data"),
                Azurite = "azurite.js", Workers = 3,
        };
        return new StackPlan(options, ports, StorageEmulator.Create(ports), variable);
    }
}

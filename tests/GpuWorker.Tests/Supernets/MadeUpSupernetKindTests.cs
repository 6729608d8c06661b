using System.Text;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Dashboard;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Supernets;

/// <summary>A kind of supernet that only this file knows, from the request to the report: what docs/extending.md shows.</summary>
public sealed class MadeUpSupernetKindTests : IDisposable
{
    private const string Request =
        """{"task":"toy","teacher":"supernet","supernet":{"kind":"mos-layer-uniform","steps":120,"experts":3,"routerWidth":8}}""";

    private static readonly SupernetKind MadeUp =
        new("mos-layer-uniform", "layer-wise MoS (uniform)", SupernetMixture.LayerWise, SupernetSchedule.Uniform);

    private static readonly SupernetKinds Kinds = SupernetKinds.BuiltIn.With(MadeUp);

    private readonly ToyJobs _jobs = new(Kinds);

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public void A_request_may_name_the_kind_when_it_was_added()
    {
        Assert.Equal(MadeUp.Id, Read(Kinds).Request!.Supernet.Kind);

        var fault = Assert.Single(Read(SupernetKinds.BuiltIn).Errors);
        Assert.Equal(("supernet.kind", "must be one of hat, sandwich, mos-layer, mos-neuron, not \"mos-layer-uniform\"."),
            (fault.Field, fault.Message));
    }

    [Fact]
    public async Task A_job_trains_the_mixture_by_the_schedule_when_the_kind_names_them()
    {
        var training = Training();
        var trained = await _jobs.RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, training);

        var design = new SupernetDesign(MadeUp, Experts: 3, RouterWidth: 8);
        var uniform = new SinglePathOneShot(ToyTask.Definition.Space, training.Seed);
        var plan = new TrainingPlan(training.Steps, training.Warmup, training.Seed);
        using var trainer = new Trainer(ToyTask.Definition, ToyTask.Data(), uniform, plan, torch.CPU, design);
        while (!trainer.Finished) trainer.Update();
        Assert.Equal(ModelFile.Write(trainer.Model, design), await _jobs.Store.ReadAsync(BlobPath.Parse(trained.Checkpoint)));
    }

    [Fact]
    public async Task A_worker_scores_with_the_weights_when_it_knows_the_kind()
    {
        var trained = await _jobs.RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, Training());
        var input = new ScoreInput("toy", "toyhash", trained.Checkpoint, [.. ToyTask.Architectures(5)]);

        var scores = await _jobs.RunAsync<ScoreResult>(JobKinds.Score, input);
        Assert.All(scores.LossBits, bits => Assert.InRange(bits, 1, UniformGuess.Bits));
        Assert.Equal(5, scores.LossBits.Distinct().Count());

        using var other = new ToyJobs();
        await other.Store.WriteAsync(BlobPath.Parse(trained.Checkpoint), await _jobs.Store.ReadAsync(BlobPath.Parse(trained.Checkpoint)));
        var refused = await other.RunRawAsync(JobKinds.Score, JsonSerializer.Serialize(input, Json.Options));
        Assert.Contains("kind 'mos-layer-uniform' is not a supernet; allowed: hat,", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_calls_a_search_by_the_label_of_the_kind()
    {
        var request = Read(Kinds).Request!;

        var report = await RenderAsync(request);
        Assert.Contains("<th scope=\"col\">layer-wise MoS (uniform)</th>", report, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">distilled HAT on layer-wise MoS (uniform)</th>", report, StringComparison.Ordinal);
    }

    private static ReadRequest Read(SupernetKinds kinds) =>
        SearchRequestReader.Read(Encoding.UTF8.GetBytes(Request), ["toy"], kinds: kinds);

    private static TrainSupernetInput Training() => Read(Kinds).Request!.Supernet.ToTraining(ToyTask.Definition, "toyhash", seed: 1);

    private static Task<string> RenderAsync(SearchRequest request) => Report.RenderAsync(new SearchResult
    {
        Id = "made-up",
        Request = request,
        Dataset = "toyhash",
        DeviceFingerprint = "made up",
        Runs = [Run(request, RunKind.Requested), Run(request, RunKind.Comparison)],
        StageSeconds = new Dictionary<string, double>(),
    });

    private static RunResult Run(SearchRequest request, RunKind run) => new()
    {
        Kind = run,
        Name = RunNames.Of(request, run, Kinds),
        Finalists = [],
        Trace = [],
        DistilledSeconds = 0,
        SupernetSeconds = 0,
        SupernetScorings = 0,
        Rankers = new Dictionary<string, RankerTally>(),
    };
}

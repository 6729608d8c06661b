using System.Diagnostics;
using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Spaces.Design;
using HsNas.Storage;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Hosting;

/// <summary>
/// <c>probe-training STORE-FOLDER DEFINITION.json OUT.json</c>: does a little of all that a search does with the prepared text of a
/// task, and writes what it cost as a <see cref="TrainingProbe"/>. The definition need not be the stored one, so that spaces can be
/// compared before one is chosen.
/// </summary>
internal static class ProbeTrainingCommand
{
    private const int Architectures = 6;
    private const int Rounds = 4;
    private const int LatencyRuns = 5;
    private const int LatencyPasses = 2;
    private const int Beam = 5;
    private const int Sentences = 64;
    private const int Products = 40;
    private const int ProductSize = 384;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>Measures; 2 on wrong arguments.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var folder, var definition, var output])
        {
            await Console.Error.WriteLineAsync("usage: probe-training STORE-FOLDER DEFINITION.json OUT.json");
            return 2;
        }

        var task = TaskCatalog.Parse(await File.ReadAllTextAsync(definition), Path.GetFileName(definition));
        var start = Stopwatch.GetTimestamp();
        var data = await TrainingData.LoadAsync(new DirectoryArtifactStore(folder), task, hash: null, CancellationToken.None);
        var codec = new GeneCodec(task.Space);
        var (smallest, largest) = (codec.Smallest, codec.Largest);
        var typical = SeedDesign.Propose(task.Space, Architectures, seed: 1);
        using var trainer = new Trainer(task, data, new InTurn([.. typical, largest]), new TrainingPlan(1_000_000, 1_000, 1), CPU);
        var load = Seconds(start);
        var updates = Updates(trainer);
        var (validation, scoring, sentence) = Reading(trainer, task, data, typical[0]);
        var latencies = Latencies(trainer.Model, task, [smallest, .. typical, largest]);
        var result = new TrainingProbe(
            updates[..^1].Average(), updates[^1], validation, scoring, sentence, load, FixedWork(), latencies[0],
            latencies[1..^1].Average(), latencies[^1]);
        await File.WriteAllBytesAsync(output, JsonSerializer.SerializeToUtf8Bytes(result, Json.Options));
        return 0;
    }

    private static double[] Latencies(SuperTransformer model, TaskDefinition task, IReadOnlyList<Architecture> architectures)
    {
        using var probe = new PacedProbe(LatencyProbes.Create(LatencyRuntimes.Torch, model, task, CPU), task, Beam);
        return [.. PacedSeries.Of(probe, architectures, LatencyPasses, LatencyRuns).Result().Measurements.Select(m => m.TotalMean)];
    }

    // Seconds of an update of each architecture. The first round warms up and counts only where there is no time for another.
    private static double[] Updates(Trainer trainer)
    {
        var start = Stopwatch.GetTimestamp();
        var sums = new double[Architectures + 1];
        var counted = 0;
        for (var round = 0; round < Rounds && (round < 2 || Stopwatch.GetElapsedTime(start) < Longest); round++)
        {
            if (round == 1) (sums, counted) = (new double[Architectures + 1], 0);
            counted++;
            for (var i = 0; i < sums.Length; i++)
            {
                var before = Stopwatch.GetTimestamp();
                trainer.Update();
                sums[i] += Seconds(before);
            }
        }

        return Array.ConvertAll(sums, s => s / counted);
    }

    private static (double Validation, double Scoring, double Sentence) Reading(
        Trainer trainer, TaskDefinition task, TrainingData data, Architecture architecture)
    {
        var recipe = task.Training!;
        var (whole, some) = (Loss(null), Loss(recipe.ScoringSentences));
        // Untrained models do not end by themselves: translations are cut where real ones end on average.
        var length = (int)Math.Ceiling(data.Valid.Targets.Average(t => t.Length)) + 1;
        var rows = Enumerable.Range(0, data.Valid.Count).OrderBy(i => data.Valid.Sources[i].Length).ToArray();
        var shown = rows.Skip(Math.Max(0, (rows.Length - Sentences) / 2)).Take(Sentences).Select(i => data.Valid.Sources[i]).ToArray();
        var start = Stopwatch.GetTimestamp();
        new BeamSearch(trainer.Model, architecture, new BeamOptions(MaxLength: length), CPU).Translate(shown);
        return (whole, some, Seconds(start) / shown.Length);

        double Loss(int? sentences)
        {
            using var set = new ValidationSet(data.Valid, sentences, recipe.BatchTokens, CPU);
            var before = Stopwatch.GetTimestamp();
            new CandidateScorer(trainer.Model, set, recipe.LabelSmoothing).Score([architecture]);
            return Seconds(before);
        }
    }

    private static double FixedWork()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var matrix = ones(ProductSize, ProductSize);                                        // [n, n]
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Products; i++) matrix.matmul(matrix).Dispose();
        return Seconds(start);
    }

    private static double Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;

    private sealed class InTurn(IReadOnlyList<Architecture> architectures) : IArchitectureSchedule
    {
        public IReadOnlyList<Architecture> At(long step) => [architectures[(int)(step % architectures.Count)]];
    }
}

using System.Diagnostics;
using HsNas.Evaluation.Supernets;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Ranking;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Spaces;
using HsNas.Storage;
using TorchSharp;

namespace HsNas.Benchmarks.Worker;

/// <summary>
/// <c>scoring STORE</c>: all scoring of a 30 x 125 supernet search of tiny-en-de, each distinct subtransformer once and equal
/// encoders once a generation, on one thread and split in two as two workers share a generation, against scoring all 3,750
/// one by one. The latter is sampled: right after every generation a few of its candidates are scored alone, so that all sides
/// see the same machine.
/// </summary>
internal static class WholeSearchScoring
{
    private const int SamplesPerGeneration = 8;
    private const int TrainingSteps = 400;

    public static async Task<int> RunAsync(string folder)
    {
        var task = TaskCatalog.Get("tiny-en-de");
        var data = await TrainingData.LoadAsync(new DirectoryArtifactStore(folder), task, null, CancellationToken.None);
        using var trainer =
            new Trainer(task, data, new SinglePathOneShot(task.Space, 1), new TrainingPlan(TrainingSteps, 50, 1), torch.CPU);
        while (!trainer.Finished) trainer.Update();
        Console.WriteLine($"supernet: {TrainingSteps} updates, {trainer.Seconds:F0} s");

        using var validation = new ValidationSet(data.Valid, task.Training!.ScoringSentences, 1500, torch.CPU);
        var scorer = new Recorder(trainer.Model, new CandidateScorer(trainer.Model, validation, task.Training.LabelSmoothing));
        var cost = CostModel.For(task);
        var codec = new GeneCodec(task.Space);
        var limit = codec.Layout.Choices.Select(c => c.Max()).ToArray();
        var smallest = codec.Layout.Choices.Select(c => c.Min()).ToArray();
        long Flops(int[] gene) => cost.Evaluate(codec.Decode(gene)).TotalFlops;
        var constraints = new SearchConstraints { GFlops = (Flops(limit) + Flops(smallest)) / 2e9 };
        var options = new EvolutionOptions();
        var engine = new EvolutionEngine(task, options, new FeasibilityChecker(task, constraints));
        var predictor = new SupernetPredictor(scorer);
        var ranker = new PredictorRanker(RankerIds.Supernet, predictor);
        var state = engine.Start();
        double sharedSeconds = 0, aloneSeconds = 0, aloneWall = 0;
        var sampled = 0;
        double largestDifference = 0;
        while (!state.Finished)
        {
            var candidates = engine.Candidates(state);
            var population = candidates.Expand([.. Enumerable.Range(0, candidates.Architectures.Count).Select(i => (double)i)])
                .Select(i => candidates.Architectures[(int)i]).ToList();
            var start = Cpu();
            var request = new RankingRequest(state.Generation, candidates.Architectures, options.Parents, []);
            var scores = ((Ranked)await ranker.RankAsync(request)).Scores;
            sharedSeconds += Cpu() - start;
            scorer.Split();
            var random = SeededRandom.For(1, state.Generation, "sample");
            for (var i = 0; i < SamplesPerGeneration; i++, sampled++)
            {
                var one = population[random.Next(population.Count)];
                start = Cpu();
                var wall = Stopwatch.GetTimestamp();
                var alone = scorer.Alone(one);
                aloneSeconds += Cpu() - start;
                aloneWall += Stopwatch.GetElapsedTime(wall).TotalSeconds;
                var known = scores[candidates.Architectures.ToList().FindIndex(a => a.Key == one.Key)];
                largestDifference = Math.Max(largestDifference, Math.Abs(known - alone));
            }

            state = engine.Next(state, candidates.Expand(scores), predictor.Direction, predictor.Metric);
        }

        var slots = options.Iterations * options.Population;
        var all = aloneSeconds / sampled * slots;
        Console.WriteLine(
            $"slots {slots}, distinct {scorer.Scored}, encoder passes {scorer.EncoderPasses} (distinct encoders {scorer.Encoders.Count})");
        Console.WriteLine($"distinct once, encoders shared: {sharedSeconds:F1} CPU s");
        Console.WriteLine($"one by one: {1000 * aloneSeconds / sampled:F1} CPU ms each over {sampled} samples; "
            + $"all {slots}: {all:F1} CPU s (extrapolated)");
        var allWall = aloneWall / sampled * slots;
        Console.WriteLine($"two cores, wall clock: split in two {scorer.SplitSeconds:F1} s, one by one {allWall:F1} s (extrapolated), "
            + $"ratio {allWall / scorer.SplitSeconds:F2}; "
            + $"largest difference of a loss between split and whole {scorer.LargestDifference:E1} bits");
        var best = engine.Codec.Decode(state.Best!.Gene.AsSpan()).Key;
        Console.WriteLine($"ratio {all / sharedSeconds:F2}; largest difference of a loss {largestDifference:E1} bits; "
            + $"best {best} at {state.Best.Score:F4} bits");
        return 0;
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private sealed class Recorder(SuperTransformer model, CandidateScorer scorer) : ISupernetScorer
    {
        private IReadOnlyList<Architecture> _last = [];
        private double[] _losses = [];

        public string Fingerprint => "benchmark";

        public double SplitSeconds { get; private set; }

        public double LargestDifference { get; private set; }

        public int Scored { get; private set; }

        public int EncoderPasses { get; private set; }

        public HashSet<string> Encoders { get; } = new(StringComparer.Ordinal);

        public ValueTask<IReadOnlyList<double>> ValidationLossAsync(
            IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
        {
            Scored += architectures.Count;
            var families = architectures.Select(model.EncoderFamily).ToHashSet(StringComparer.Ordinal);
            EncoderPasses += families.Count;
            Encoders.UnionWith(families);
            (_last, _losses) = (architectures, scorer.Score(architectures, null, cancellationToken));
            return new([.. _losses]);
        }

        /// <summary>Scores the last list again on two threads, equal encoders together as far as equal shares allow.</summary>
        public void Split()
        {
            if (_last.Count == 0) return;
            var order = Enumerable.Range(0, _last.Count).OrderBy(i => _last[i].EncoderKey, StringComparer.Ordinal)
                .ThenBy(i => _last[i].Key, StringComparer.Ordinal);
            var halves = order.Chunk((_last.Count + 1) / 2).ToList();
            var start = Stopwatch.GetTimestamp();
            var scored = Task.WhenAll(halves.Select(half => Task.Run(() => scorer.Score([.. half.Select(i => _last[i])])))).GetAwaiter()
                .GetResult();
            SplitSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            foreach (var (index, loss) in halves.Zip(scored).SelectMany(h => h.First.Zip(h.Second)))
                LargestDifference = Math.Max(LargestDifference, Math.Abs(loss - _losses[index]));
            _last = [];
        }

        public double Alone(Architecture architecture) => scorer.Score([architecture])[0];
    }
}

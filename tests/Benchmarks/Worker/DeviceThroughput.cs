using System.Diagnostics;
using System.Globalization;
using HsNas.Benchmarks.Shared;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.Benchmarks.Worker;

/// <summary>
/// <c>device DEVICE TASK [UPDATES] [BATCH-TOKENS]</c>: what a device makes of a search's work on a task: updates of the supernet and of
/// the largest architecture, scoring, latencies, beam search. Rates are stated in tokens, in FLOP/s of matrix products, and as a share of
/// what large products reach on the same device in the same type (MFU). docs/scale.md is made from these figures. The text is made up:
/// lengths are drawn as in news, ids at random, so no data set is needed.
/// </summary>
internal static class DeviceThroughput
{
    private const int TrainingSentences = 20_000;
    private const int ValidationSentences = 3_000;
    private const int Scored = 4;
    private const int Translated = 64;
    private const int Beam = 5;

    public static int Run(string name, string taskName, int updates, int? batchTokens)
    {
        if (!Devices.TryParse(name, out var device, out var problem))
        {
            Console.Error.WriteLine(problem);
            return 2;
        }

        var task = TaskCatalog.Get(taskName);
        task = task with { Training = task.Training! with { BatchTokens = batchTokens ?? task.Training.BatchTokens } };
        var codec = new GeneCodec(task.Space);
        var (smallest, largest) = (codec.Smallest, codec.Largest);
        var data = MadeUpData.Of(
            task, Corpus(TrainingSentences, task.VocabularySize, seed: 1), Corpus(ValidationSentences, task.VocabularySize, seed: 2));
        Console.WriteLine($"{DeviceFingerprint.Of(device)}, {task.Name}, {task.Training!.BatchTokens} tokens a batch");
        Console.WriteLine("| work | s | tokens/s | TFLOP/s | MFU, % |");
        Console.WriteLine("|---|---|---|---|---|");
        (string, ScalarType?)[] precisions = [("fp32", null), ("bf16", ScalarType.BFloat16), ("fp16", ScalarType.Float16)];
        foreach (var (label, type) in precisions)
        {
            if (type == ScalarType.Float16 && device.type != DeviceType.CUDA) continue;
            Train($"supernet update, {label}", new SinglePathOneShot(task.Space, 1), type);
            Train($"largest architecture's update, {label}", new FixedArchitecture(largest), type);
        }

        using var trainer = new Trainer(task, data, new FixedArchitecture(largest), new TrainingPlan(1_000_000, 1_000, 1), device);
        Score(new ArchitectureSampler(task.Space, 1).Distinct(Scored));
        var probe = new TorchProbe(trainer.Model, task.ProfileSourceLength, task.ProfileTargetLength, device);
        foreach (var (label, architecture) in new[] { ("smallest", smallest), ("largest", largest) })
            Console.WriteLine(Line($"latency of the {label}, beam {Beam}, ms", probe.Measure(architecture, 20, Beam).TotalMean));
        Translate();
        if (device.type != DeviceType.CPU) Console.WriteLine(Line("largest difference of losses from the processor's, bits", Difference()));
        return 0;

        void Train(string label, IArchitectureSchedule schedule, ScalarType? type)
        {
            var plan = new TrainingPlan(1_000_000, 1_000, 1, Products: type, ScaleLoss: type == ScalarType.Float16);
            using var one = new Trainer(task, data, schedule, plan, device);
            for (var i = 0; i < Math.Max(1, updates / 5); i++) one.Update();
            var (seconds, tokens) = (one.Seconds, one.Tokens);
            for (var i = 0; i < updates; i++) one.Update();
            (seconds, tokens) = (one.Seconds - seconds, one.Tokens - tokens);
            var share = new MatrixPeak(device, type).Utilisation(one.FlopsPerSecond);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {label} | {seconds / updates:F4} | {tokens / seconds:F0} | {one.FlopsPerSecond / 1e12:F2} | {100 * share:F1} |"));
        }

        void Score(IReadOnlyList<Architecture> architectures)
        {
            using var set = new ValidationSet(data.Valid, null, task.Training!.BatchTokens, device);
            var scorer = new CandidateScorer(trainer.Model, set, 0.1);
            scorer.Score([architectures[0]]);
            var start = Stopwatch.GetTimestamp();
            scorer.Score(architectures);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / architectures.Count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| one scoring, {ValidationSentences} sentences | {seconds:F4} | {set.Tokens / seconds:F0} | | |"));
        }

        // The weights are drawn on the processor from one seed, so both hold the same.
        double Difference()
        {
            using var here = new Trainer(task, data, new FixedArchitecture(largest), new TrainingPlan(1_000_000, 1_000, 1), CPU);
            var architectures = new ArchitectureSampler(task.Space, 1).Distinct(Scored);
            return Losses(here, CPU).Zip(Losses(trainer, device), (a, b) => Math.Abs(a - b)).Max();

            double[] Losses(Trainer of, Device on)
            {
                using var set = new ValidationSet(data.Valid, Translated, task.Training!.BatchTokens, on);
                return new CandidateScorer(of.Model, set, 0.1).Score(architectures);
            }
        }

        void Translate()
        {
            var search = new BeamSearch(trainer.Model, largest, new BeamOptions(Beam, MaxLength: task.ProfileTargetLength), device);
            var sources = data.Valid.Sources.Take(Translated).ToArray();
            search.Translate(sources);
            var start = Stopwatch.GetTimestamp();
            search.Translate(sources);
            var rate = Translated / Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(Line($"beam {Beam}, {Translated} sentences at once, sentences/s", rate));
        }
    }

    private static string Line(string label, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"| {label} | {value:G4} | | | |");

    // Lengths of news: half of the sentences have fewer than 25 tokens, few have more than 80.
    private static EncodedCorpus Corpus(int sentences, int vocabulary, long seed)
    {
        var random = SeededRandom.For(seed, 0, "made-up text");
        var (sources, targets) = (new List<int[]>(), new List<int[]>());
        for (var i = 0; i < sentences; i++)
        {
            var length = 25 * Math.Exp(0.55 * random.NextGaussian());
            sources.Add(Sentence(length));
            targets.Add(Sentence(length * (0.9 + (0.2 * random.NextDouble()))));
        }

        return new EncodedCorpus(sources, targets);

        int[] Sentence(double length) =>
            [.. Enumerable.Range(0, Math.Clamp((int)Math.Round(length), 2, 120))
                .Select(_ => BytePairVocabulary.SpecialCount + random.Next(vocabulary - BytePairVocabulary.SpecialCount))];
    }
}

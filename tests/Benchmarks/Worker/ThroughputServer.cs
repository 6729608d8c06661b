using HsNas.Benchmarks.Shared;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Training;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.Benchmarks.Worker;

/// <summary>
/// <c>throughput-server</c>: our side of <c>python/compare.py</c> and of <see cref="ServerComparison"/>. Reads "WORK N" from
/// standard input, does the work N times and answers with the CPU seconds of this process, its own compiler and garbage collector
/// included. The model is the largest architecture of tiny-en-de. Works: <c>train</c>, an update in single precision; <c>bf16</c>,
/// one with 16-bit products; <c>score</c>, the loss of 300 sentences; <c>decode</c>, a latency measurement of 20 runs;
/// <c>beam</c>, a beam search of 64 sentences.
/// Text is made up: 66 sentences of 14 source and 14 target positions a batch, nothing padded, the same on both sides.
/// </summary>
internal static class ThroughputServer
{
    private const int Sentences = 66;
    private const int Words = 13;
    private const int ScoringSentences = 300;
    private const int TranslatedSentences = 64;

    public static int Run()
    {
        torch.set_num_threads(1);
        var task = TaskCatalog.Get("tiny-en-de");
        task = task with { Training = task.Training! with { Dropout = 0.1, AttentionDropout = 0.1 } };
        var largest = new GeneCodec(task.Space).Largest;
        var corpus = Corpus(Sentences, task.VocabularySize);
        var data = MadeUpData.Of(task, corpus, corpus);
        using var trainer = new Trainer(task, data, new FixedArchitecture(largest), new TrainingPlan(1_000_000, 10, 1), torch.CPU);
        using var reduced = new Trainer(
            task, data, new FixedArchitecture(largest), new TrainingPlan(1_000_000, 10, 1, Products: torch.ScalarType.BFloat16), torch.CPU);
        using var validation = new ValidationSet(Corpus(ScoringSentences, task.VocabularySize), null, 1500, torch.CPU);
        var scorer = new CandidateScorer(trainer.Model, validation, 0.1);
        var probe = new TorchProbe(trainer.Model, Words + 1, Words + 1, torch.CPU);
        var search = new BeamSearch(trainer.Model, largest, new BeamOptions(MaxLength: Words + 1), torch.CPU);
        var translated = Corpus(TranslatedSentences, task.VocabularySize);
        while (Console.ReadLine() is { } line && line.Split(' ') is [var what, var count])
        {
            var start = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < int.Parse(count); i++)
            {
                switch (what)
                {
                    case "train": trainer.Update(); break;
                    case "bf16": reduced.Update(); break;
                    case "score": scorer.Score([largest]); break;
                    case "decode": probe.Measure(largest, runs: 20, beam: 4); break;
                    case "beam": search.Translate(translated.Sources); break;
                }
            }

            Console.WriteLine((Environment.CpuUsage.TotalTime - start).TotalSeconds.ToString("R"));
        }

        return 0;
    }

    private static EncodedCorpus Corpus(int sentences, int vocabulary)
    {
        var rows = Enumerable.Range(0, sentences)
            .Select(s => Enumerable.Range(0, Words).Select(w =>
                BytePairVocabulary.SpecialCount + (((s * 31) + (w * 17)) % (vocabulary - BytePairVocabulary.SpecialCount))).ToArray())
            .ToList();
        return new EncodedCorpus(rows, rows);
    }
}

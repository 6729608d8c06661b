using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Training;
using HsNas.Shared.Architectures;
using HsNas.Shared.Tasks;
using HsNas.Shared.Translation;
using TorchSharp;

namespace HsNas.Benchmarks.Worker;

/// <summary>
/// <c>throughput-server</c>: our side of <c>python/compare.py</c>. Reads "train N" or "score N" from standard input, does N
/// training updates of the largest architecture of tiny-en-de, or N scorings of 300 sentences, and answers with the CPU
/// seconds of this process, its own compiler and garbage collector included.
/// Text is made up: 66 sentences of 14 source and 14 target positions a batch, nothing padded, the same on both sides.
/// </summary>
internal static class ThroughputServer
{
    private const int Sentences = 66;
    private const int Words = 13;
    private const int ScoringSentences = 300;

    public static int Run()
    {
        torch.set_num_threads(1);
        var task = TaskCatalog.Get("tiny-en-de");
        task = task with { Training = task.Training! with { Dropout = 0.1, AttentionDropout = 0.1 } };
        var codec = new GeneCodec(task.Space);
        var largest = codec.Decode([.. codec.Layout.Choices.Select(c => c.Max())]);
        var vocabulary = new BytePairVocabulary(["a"], new List<string>());
        var corpus = Corpus(Sentences, task.VocabularySize);
        var data = new TrainingData(new DatasetManifest(task.Name, "made-up", "made up", 5, Sentences, 0, 0), vocabulary, corpus, corpus, corpus, [], []);
        using var trainer = new Trainer(task, data, new FixedArchitecture(largest), new TrainingPlan(1_000_000, 10, 1), torch.CPU);
        using var validation = new ValidationSet(Corpus(ScoringSentences, task.VocabularySize), null, 1500, torch.CPU);
        var scorer = new CandidateScorer(trainer.Model, validation, 0.1);
        while (Console.ReadLine() is { } line && line.Split(' ') is [var what, var count])
        {
            var start = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < int.Parse(count); i++)
            {
                if (what == "train") trainer.Update();
                else scorer.Score([largest]);
            }

            Console.WriteLine((Environment.CpuUsage.TotalTime - start).TotalSeconds.ToString("R"));
        }

        return 0;
    }

    private static EncodedCorpus Corpus(int sentences, int vocabulary)
    {
        var rows = Enumerable.Range(0, sentences)
            .Select(s => Enumerable.Range(0, Words).Select(w => BytePairVocabulary.SpecialCount + (((s * 31) + (w * 17)) % (vocabulary - BytePairVocabulary.SpecialCount))).ToArray())
            .ToList();
        return new EncodedCorpus(rows, rows);
    }
}

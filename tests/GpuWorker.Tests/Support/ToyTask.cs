using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Spaces;
using HsNas.Tests.Support;
using HsNas.Translation;

namespace HsNas.GpuWorker.Tests.Support;

/// <summary>A task small enough for exact comparisons: copy the source, backwards.</summary>
internal static class ToyTask
{
    public static int Vocabulary => ToySpace.Vocabulary.Size;

    public static TaskDefinition Definition { get; } = ToySpace.Task("toy", "toy", new TrainingRecipe
    {
        BatchTokens = 60, ScratchSteps = 12, ScratchWarmup = 3, SupernetSteps = 12, SupernetWarmup = 3,
        PeakLearningRate = 3e-3, Dropout = 0.1, AttentionDropout = 0.1,
    });

    public static IEnumerable<Architecture> Architectures(int count, long seed = 7) =>
        new ArchitectureSampler(Definition.Space, seed).Distinct(count);

    public static EncodedCorpus Corpus(int count, long seed)
    {
        var random = SeededRandom.For(seed, 0, "toy corpus");
        var sources = Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, 1 + random.Next(6))
            .Select(_ => BytePairVocabulary.SpecialCount + random.Next(Vocabulary - BytePairVocabulary.SpecialCount)).ToArray())
            .ToList();
        return new EncodedCorpus(sources, [.. sources.Select(s => s.Reverse().ToArray())]);
    }

    public static TrainingData Data()
    {
        var vocabulary = ToySpace.Vocabulary;
        var valid = Corpus(20, 2);
        var test = Corpus(20, 3);
        return new TrainingData(
            new DatasetManifest("toy", "toyhash", "made up", vocabulary.Size, 60, 20, 20), vocabulary, Corpus(60, 1), valid, test,
            [.. valid.Targets.Select(t => vocabulary.Decode(t))], [.. test.Targets.Select(t => vocabulary.Decode(t))]);
    }
}

using HsNas.GpuWorker.Training;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Benchmarks.Worker;

/// <summary>Data sets of made-up ids, for speeds that do not depend on what text says.</summary>
internal static class MadeUpData
{
    /// <summary>
    /// A data set of <paramref name="task"/>; validation and test are the same, and there is nothing to compare BLEU with.
    /// </summary>
    public static TrainingData Of(TaskDefinition task, EncodedCorpus train, EncodedCorpus valid) => new(
        new DatasetManifest(task.Name, "made-up", "made up", 5, train.Count, 0, 0), new BytePairVocabulary(["a"], new List<string>()),
        train, valid, valid, [], []);
}

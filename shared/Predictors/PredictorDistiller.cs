using HsNas.Predictors.Mlp;
using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.Predictors;

/// <summary>
/// Distils a slow predictor into an MLP: the teacher labels a pool of architectures drawn uniformly from the space, the
/// MLP learns its labels (docs/method.md, "Distilled predictor").
/// </summary>
public static class PredictorDistiller
{
    /// <summary>Pool size of the paper.</summary>
    public const int PaperPoolSize = 3000;

    /// <summary>The pool: distinct architectures, none of <paramref name="excluded"/>, a function of task, size and seed.</summary>
    public static IReadOnlyList<Architecture> Pool(TaskDefinition task, int size, long seed, IEnumerable<Architecture>? excluded = null) =>
        new ArchitectureSampler(task.Space, seed).Distinct(size, excluded?.Select(a => a.Key));

    /// <summary>Trains the MLP on a labelled pool.</summary>
    /// <param name="task">Supplies the features' normalisers.</param>
    /// <param name="pool">Architectures.</param>
    /// <param name="labels">The teacher's label of each, higher is better.</param>
    /// <param name="options">How the MLP is trained.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    public static MlpTrainingResult Train(
        TaskDefinition task, IReadOnlyList<Architecture> pool, IReadOnlyList<double> labels, MlpTrainingOptions options,
            CancellationToken cancellationToken = default)
    {
        var encoding = new DistillationFeatures(task.Space);
        var features = Features(encoding, pool);
        return MlpTrainer.Train(encoding.Name, features, labels, options, cancellationToken);
    }

    /// <summary>Row-major features of a list of architectures, as trainers want them.</summary>
    public static float[] Features(IFeatureEncoding encoding, IReadOnlyList<Architecture> architectures)
    {
        var features = new float[architectures.Count * encoding.Count];
        for (var i = 0; i < architectures.Count; i++)
        {
            encoding.Write(architectures[i], features.AsSpan(i * encoding.Count, encoding.Count));
        }

        return features;
    }
}

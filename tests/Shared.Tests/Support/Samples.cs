using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Support;

/// <summary>Made-up data that needs nothing from outside the checkout.</summary>
internal static class Samples
{
    public static TaskDefinition Tiny => TaskCatalog.Get("tiny-en-de");

    public static TaskDefinition Wmt => TaskCatalog.Get("wmt14-en-de");

    /// <summary>Distinct architectures with a smooth, known quality.</summary>
    public static List<Demonstration> Demonstrations(TaskDefinition task, int count, long seed = 5)
    {
        var cost = CostModel.For(task);
        return [.. new ArchitectureSampler(task.Space, seed).Distinct(count)
            .Select(a => new Demonstration(a, cost.Evaluate(a).TotalGFlops, Quality(a)))];
    }

    /// <summary>More is better: grows with depth and width, with falling returns.</summary>
    public static double Quality(Architecture a) =>
        Math.Round(20 + (3 * Math.Log(1 + a.DecoderLayers)) + (a.EncoderFfnDims.Average() / a.EncoderEmbedDim / 10), 2);
}

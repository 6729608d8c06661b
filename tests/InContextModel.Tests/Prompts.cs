using HsNas.Evaluation.InContext;
using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.InContextModel.Tests;

/// <summary>Prompts as the pipeline writes them.</summary>
internal static class Prompts
{
    private static readonly TaskDefinition Task = TaskCatalog.Get("wmt14-en-de");

    /// <summary>A builder with ten demonstrations whose BLEU grows with depth and varies with the seed.</summary>
    public static PromptBuilder Builder(long seed)
    {
        var noise = SeededRandom.For(seed, 0, "labels");
        var cost = CostModel.For(Task);
        var shown = Architectures(10, seed)
            .Select(a => new Demonstration(a, cost.Evaluate(a).TotalGFlops, 20 + a.DecoderLayers + (noise.Next(100) / 100.0))).ToList();
        return new PromptBuilder(Task, shown, [], new PromptOptions { TaskExamples = 0 });
    }

    public static IReadOnlyList<Architecture> Architectures(int count, long seed) =>
        new ArchitectureSampler(Task.Space, seed).Distinct(count);

    /// <summary>What a reader of the prompt alone must answer.</summary>
    public static double Expected(Prompt prompt, string model = StandInModels.Regression)
    {
        var contents = PromptReader.Read(prompt.Text);
        var test = contents.Tests.Single();
        return StandInModels.Fit(model, contents.Demonstrations).Predict(test.Architecture, test.GFlops!.Value);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using HsNas.Kernel.Validation;

namespace HsNas.Spaces;

/// <summary>What every task definition must satisfy beyond having the right fields.</summary>
internal sealed class TaskDefinitionRules(StrictJson.ErrorFactory error)
{
    private const int LongestText = 100_000;
    private const int WidestLayer = 65_536;
    private const int MostLayers = 64;

    public void Check(TaskDefinition task)
    {
        Demand(TaskDefinition.IsName(task.Name), "name", $"\"{task.Name}\"", "1 to 40 lower-case letters, digits and hyphens");
        Text("promptName", task.PromptName);
        Text("source", task.Source);
        Text("target", task.Target);
        Range("vocabularySize", task.VocabularySize, 8, 10_000_000);
        Range("profileSourceLength", task.ProfileSourceLength, 1, LongestText);
        Range("profileTargetLength", task.ProfileTargetLength, 1, LongestText);
        Check(task.Space);
        if (task.Training is { } recipe)
        {
            Check(recipe);
        }
    }

    private void Check(SearchSpace space)
    {
        Choices("encoderEmbedDims", space.EncoderEmbedDims, WidestLayer);
        Choices("encoderLayers", space.EncoderLayers, MostLayers);
        Choices("encoderFfnDims", space.EncoderFfnDims, WidestLayer);
        Choices("encoderHeads", space.EncoderHeads, WidestLayer);
        Choices("decoderEmbedDims", space.DecoderEmbedDims, WidestLayer);
        Choices("decoderLayers", space.DecoderLayers, MostLayers);
        Choices("decoderFfnDims", space.DecoderFfnDims, WidestLayer);
        Choices("decoderSelfHeads", space.DecoderSelfHeads, WidestLayer);
        Choices("decoderCrossHeads", space.DecoderCrossHeads, WidestLayer);
        Distinct("decoderArbitrary", space.DecoderArbitrary);
        Range("space.qkvDim", space.QkvDim, 1, WidestLayer);

        foreach (var value in space.DecoderArbitrary)
        {
            Demand(value is -1 or 1 or 2, "space.decoderArbitrary", Show(value), "values among -1, 1, 2");
            Demand(
                Architecture.AttendedLayers(value) <= space.EncoderLayers.Min(),
                "space.decoderArbitrary",
                Show(value),
                $"no more attended encoder layers than the shallowest encoder has ({space.EncoderLayers.Min()})");
        }

        (string Field, ImmutableArray<int> Heads)[] allHeads =
        [
            (
                "encoderHeads", space.EncoderHeads), ("decoderSelfHeads", space.DecoderSelfHeads), ("decoderCrossHeads",
                space.DecoderCrossHeads),
        ];
        foreach (var (field, heads) in allHeads)
        {
            foreach (var count in heads)
            {
                Demand(space.QkvDim % count == 0, $"space.{field}", Show(count), $"divisors of qkvDim ({space.QkvDim})");
            }
        }
    }

    private void Check(TrainingRecipe recipe)
    {
        Range("training.batchTokens", recipe.BatchTokens, 1, int.MaxValue);
        Range("training.accumulate", recipe.Accumulate, 1, 1024);
        Demand(
            TrainingRecipe.Precisions.Contains(recipe.Precision), "training.precision", $"\"{recipe.Precision}\"",
            string.Join(", ", TrainingRecipe.Precisions));
        Range("training.longestSentence", recipe.LongestSentence, 1, 511);
        Range("training.scratchSteps", recipe.ScratchSteps, 1, int.MaxValue);
        Range("training.scratchWarmup", recipe.ScratchWarmup, 0, recipe.ScratchSteps);
        Range("training.supernetSteps", recipe.SupernetSteps, 1, int.MaxValue);
        Range("training.supernetWarmup", recipe.SupernetWarmup, 0, recipe.SupernetSteps);
        Fraction("training.initialLearningRate", recipe.InitialLearningRate);
        Fraction("training.peakLearningRate", recipe.PeakLearningRate);
        Fraction("training.finalLearningRate", recipe.FinalLearningRate);
        Fraction("training.dropout", recipe.Dropout);
        Fraction("training.attentionDropout", recipe.AttentionDropout);
        Fraction("training.labelSmoothing", recipe.LabelSmoothing);
        if (recipe.ScoringSentences is { } sentences)
        {
            Range("training.scoringSentences", sentences, 1, int.MaxValue);
        }
    }

    private void Choices(string field, ImmutableArray<int> values, int highest)
    {
        Distinct(field, values);
        foreach (var value in values)
        {
            Range($"space.{field}", value, 1, highest);
        }
    }

    private void Distinct(string field, ImmutableArray<int> values) =>
        Demand(
            !values.IsDefaultOrEmpty && values.Distinct().Count() == values.Length,
            $"space.{field}",
            values.IsDefaultOrEmpty ? "empty" : $"[{string.Join(", ", values)}]",
            "at least one choice, all distinct");

    private void Text(string field, string value) =>
        Demand(
            !string.IsNullOrWhiteSpace(value) && value.Length <= 200 && !value.Any(char.IsControl), field, $"\"{value}\"",
            "1 to 200 printable characters");

    private void Range(string field, int value, int lowest, int highest) =>
        Demand(value >= lowest && value <= highest, field, Show(value), $"{lowest} to {highest}");

    private void Fraction(string field, double value) =>
        Demand(value is >= 0 and < 1, field, value.ToString(CultureInfo.InvariantCulture), "a number from 0 up to, not including, 1");

    private void Demand(bool holds, string field, string value, string allowed)
    {
        if (!holds)
        {
            throw error(field, value, allowed);
        }
    }

    private static string Show(int value) => value.ToString(CultureInfo.InvariantCulture);
}

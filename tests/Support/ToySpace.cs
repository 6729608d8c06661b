using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Tests.Support;

/// <summary>The search space and the letters of the toy tasks, which say letters backwards.</summary>
internal static class ToySpace
{
    /// <summary>Every kind of choice, at sizes that train in milliseconds.</summary>
    public static SearchSpace Space { get; } = new()
    {
        EncoderEmbedDims = [16, 12],
        EncoderLayers = [3],
        EncoderFfnDims = [24, 16, 8],
        EncoderHeads = [4, 2],
        DecoderEmbedDims = [16, 12],
        DecoderLayers = [3, 2, 1],
        DecoderFfnDims = [24, 16, 8],
        DecoderSelfHeads = [4, 2],
        DecoderCrossHeads = [4, 2],
        DecoderArbitrary = [-1, 1, 2],
        QkvDim = 16,
    };

    /// <summary>Seven letters and the mark of a word's beginning.</summary>
    public static BytePairVocabulary Vocabulary { get; } = new(["▁", "a", "b", "c", "d", "e", "f", "g"], new List<string>());

    /// <summary>The task, whose recipe the tests choose.</summary>
    public static TaskDefinition Task(string name, string promptName, TrainingRecipe training) => new()
    {
        Name = name,
        Description = "Reverses its input.",
        PromptName = promptName,
        Source = "a",
        Target = "b",
        VocabularySize = Vocabulary.Size,
        ProfileSourceLength = 4,
        ProfileTargetLength = 4,
        Space = Space,
        Training = training,
    };
}

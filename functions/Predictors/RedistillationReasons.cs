namespace HsNas.Functions.Predictors;

/// <summary>Why a task's predictor should be distilled anew.</summary>
internal static class RedistillationReasons
{
    /// <summary>The task has no predictor.</summary>
    public const string None = "no predictor yet";

    /// <summary>Seed architectures or their BLEU changed.</summary>
    public const string Seeds = "seed set";

    /// <summary>The prompt changed, by other texts, pairs or demonstrations.</summary>
    public const string Prompt = "prompt";

    /// <summary>Another model, version or way of asking is configured.</summary>
    public const string Model = "model";

    /// <summary>The predictor is older than configured.</summary>
    public const string Age = "age";

    /// <summary>Somebody asked for it.</summary>
    public const string Manual = "manual";

    /// <summary>The reasons there are now; empty where a new distillation would give the champion again.</summary>
    /// <param name="champion">The champion; null where there is none.</param>
    /// <param name="now">What a distillation would be made of now.</param>
    /// <param name="age">How long it has been the champion.</param>
    /// <param name="maxAge">How old it may become; null for no limit.</param>
    public static IReadOnlyList<string> Of(DistilledPredictorRecord? champion, DistillationOrigin now, TimeSpan age, TimeSpan? maxAge)
    {
        if (champion is null) return [None];
        var reasons = new List<string>();
        if (champion.Origin is { } then)
        {
            if (then.Seeds != now.Seeds) reasons.Add(Seeds);
            else if (then.Prompt != now.Prompt) reasons.Add(Prompt);
            if (then.Model != now.Model || then.ModelVersion != now.ModelVersion || then.Settings != now.Settings) reasons.Add(Model);
        }

        if (age > maxAge) reasons.Add(Age);
        return reasons;
    }
}

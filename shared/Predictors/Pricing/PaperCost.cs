namespace HsNas.Predictors.Pricing;

/// <summary>
/// The paper's own arithmetic (docs/method.md, "Cost of labels"): GPT-4 at $0.03 for a thousand prompt tokens, 3,000 architectures, and a
/// third of a thousand tokens for each prompt. Answers are not counted.
/// </summary>
public static class PaperCost
{
    /// <summary>US dollars for a thousand prompt tokens.</summary>
    public const decimal PerThousandTokens = 0.03m;

    /// <summary>Architectures.</summary>
    public const int Architectures = PredictorDistiller.PaperPoolSize;

    /// <summary>The runs of the larger sum: 3 x 5 x 4.</summary>
    public const int Runs = 60;

    /// <summary>$30: one run with prompts of a third of a thousand tokens.</summary>
    public static decimal OneRun => PerThousandTokens * Architectures / 3;

    /// <summary>$1,800: all runs.</summary>
    public static decimal AllRuns => OneRun * Runs;

    /// <summary>One run with prompts of <paramref name="tokens"/> tokens.</summary>
    public static decimal With(long tokens) => PerThousandTokens * Architectures * tokens / 1000;
}

using HsNas.Evaluation.Stacked;

namespace HsNas.Cli.Predictors;

/// <summary>How the weights of a stack are chosen, each rule with the words that name its row.</summary>
internal static class StackRules
{
    /// <summary>For stacks of several members.</summary>
    public static readonly IReadOnlyList<(StackingRule Rule, string Words)> OfMany =
        [(StackingRule.OneStandardError, "one standard error"), (StackingRule.LeastError, "least error")];

    /// <summary>For a floor and a model.</summary>
    public static readonly IReadOnlyList<(StackingRule Rule, string Words)> OfTwo =
        [(StackingRule.LeastError, "least error"), (StackingRule.Equal, "half each")];
}

using HsNas.Predictors;

namespace HsNas.Contracts.Requests;

/// <summary>How many architectures a teacher may label for one distilled predictor.</summary>
public static class LabelCount
{
    /// <summary>Too few to distil from are fewer than this.</summary>
    public const int Least = 20;

    /// <summary>Most that a request may ask for.</summary>
    public const int Most = 100_000;

    /// <summary>Where a request does not say: the paper's number.</summary>
    public const int Default = PredictorDistiller.PaperPoolSize;

    /// <summary>Most dollars that a request may allow for labels.</summary>
    public const int MostDollars = 1_000_000;
}

using System.Globalization;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Predictors;

/// <summary>A trained architecture with its measured quality: an example for a prompt, or a training row of a regression.</summary>
/// <param name="Architecture">The subtransformer.</param>
/// <param name="GFlops">Total GFLOPs, output layer included, as known to the reader (a prompt gives one decimal).</param>
/// <param name="Bleu">Validation BLEU, 0 to 100.</param>
public sealed record Demonstration(Architecture Architecture, double GFlops, double Bleu)
{
    /// <summary>Checks a set before anything is fitted on it: finite labels in range, no architecture twice.</summary>
    /// <param name="demonstrations">The set.</param>
    /// <param name="atLeast">Fewest that are of use.</param>
    /// <exception cref="DataFormatException">Names the demonstration and its value.</exception>
    public static void Validate(IReadOnlyList<Demonstration> demonstrations, int atLeast)
    {
        if (demonstrations.Count < atLeast)
        {
            throw new DataFormatException("demonstrations", "count", Show(demonstrations.Count), $"at least {atLeast}");
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < demonstrations.Count; i++)
        {
            var demonstration = demonstrations[i];
            Demand(demonstration.Bleu is >= 0 and <= 100, $"[{i}].bleu", Show(demonstration.Bleu), "a number from 0 to 100");
            Demand(double.IsFinite(demonstration.GFlops) && demonstration.GFlops >= 0, $"[{i}].gflops", Show(demonstration.GFlops),
                "a finite number, not negative");
            Demand(seen.TryAdd(demonstration.Architecture.Key, i), $"[{i}].architecture", demonstration.Architecture.Key,
                "architectures that differ from one another");
        }

        static void Demand(bool holds, string field, string value, string allowed)
        {
            if (!holds)
            {
                throw new DataFormatException("demonstrations", field, value, allowed);
            }
        }
    }

    private static string Show(double value) => value.ToString(CultureInfo.InvariantCulture);
}

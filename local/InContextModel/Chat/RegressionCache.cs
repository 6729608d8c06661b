using System.Collections.Concurrent;
using System.Text.Json;
using HsNas.Evaluation.InContext;
using HsNas.Kernel;
using HsNas.Predictors;

namespace HsNas.Local.InContextModel.Chat;

/// <summary>
/// Regressions already fitted, by the demonstrations they were fitted to: a run asks thousands of questions with the same ten.
/// </summary>
internal sealed class RegressionCache
{
    private const int MostEntries = 64;

    private readonly ConcurrentDictionary<string, Lazy<FittedRegression>> _fits = new(StringComparer.Ordinal);

    /// <summary>The regression of the model <paramref name="name"/> on these demonstrations.</summary>
    public FittedRegression Get(string name, IReadOnlyList<Demonstration> demonstrations)
    {
        if (_fits.Count > MostEntries) _fits.Clear();
        var key = name + Hashing.Fingerprint(JsonSerializer.Serialize(demonstrations, Json.Options));
        return _fits.GetOrAdd(key, _ => new Lazy<FittedRegression>(() => StandInModels.Fit(name, demonstrations))).Value;
    }
}

using HsNas.Kernel;
using HsNas.Spaces;

namespace HsNas.Evaluation.Supernets;

/// <summary>Validation losses that a supernet gave earlier, by canonical architecture key.</summary>
/// <param name="losses">Bits per token.</param>
public sealed class RecordedScorer(IReadOnlyDictionary<string, double> losses) : ISupernetScorer
{
    /// <inheritdoc/>
    public string Fingerprint { get; } =
        Hashing.Short(string.Concat(losses.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"\n{l.Key} {l.Value:R}")));

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">Nothing is recorded for an architecture.</exception>
    public ValueTask<IReadOnlyList<double>> ValidationLossAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default) =>
        new([.. architectures.Select(a =>
            losses.TryGetValue(a.Key, out var loss) ? loss : throw new KeyNotFoundException($"No loss is recorded for {a}."))]);
}

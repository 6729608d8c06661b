using HsNas.Kernel.Validation;

namespace HsNas.Functions.Hosting;

/// <summary>How many requests one function key may make of one instance of the app, from configuration section "RateLimits".</summary>
internal sealed record RateLimitOptions
{
    /// <summary>Changing requests (POST) that may come at once, at least 1.</summary>
    public int WriteBurst { get; init; } = 200;

    /// <summary>Changing requests a minute after that, at least 1.</summary>
    public int WritesPerMinute { get; init; } = 120;

    /// <summary>Reading requests that may come at once, at least 1.</summary>
    public int ReadBurst { get; init; } = 2000;

    /// <summary>Reading requests a minute after that, at least 1.</summary>
    public int ReadsPerMinute { get; init; } = 12_000;

    /// <summary>These options.</summary>
    /// <exception cref="OptionException">One lies outside its range.</exception>
    public RateLimitOptions Validated()
    {
        foreach (var (name, value) in new[]
        {
            (
                nameof(WriteBurst), WriteBurst), (nameof(WritesPerMinute), WritesPerMinute), (nameof(ReadBurst),
                ReadBurst), (nameof(ReadsPerMinute), ReadsPerMinute),
        })
        {
            OptionException.ThrowUnless(value >= 1, $"RateLimits:{name}", value, "1 or more");
        }

        return this;
    }
}

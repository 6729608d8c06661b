namespace HsNas.Local.InContextModel.Faults;

/// <summary>Kinds of faults.</summary>
internal enum FaultKind
{
    /// <summary>Nothing: the answer as it is.</summary>
    None,

    /// <summary>429 with Retry-After.</summary>
    RateLimit,

    /// <summary>500.</summary>
    ServerError,

    /// <summary>The right answer, late.</summary>
    Slow,

    /// <summary>An answer cut off: finish_reason "length".</summary>
    Truncated,

    /// <summary>The model refuses.</summary>
    Refusal,

    /// <summary>An answer that cannot be read: prose, broken JSON, a number that is no BLEU.</summary>
    Garbage,
}

/// <summary>Faults on purpose, from configuration section "Faults": the share of requests for each kind, 0 to 1 in sum.</summary>
internal sealed record FaultOptions
{
    /// <summary>Which requests are hit is a function of this, the prompt, and how often it was asked.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Share of 429.</summary>
    public double RateLimit { get; init; }

    /// <summary>Share of 500.</summary>
    public double ServerError { get; init; }

    /// <summary>Share of late answers.</summary>
    public double Slow { get; init; }

    /// <summary>Share of answers cut off.</summary>
    public double Truncated { get; init; }

    /// <summary>Share of refusals.</summary>
    public double Refusal { get; init; }

    /// <summary>Share of unreadable answers.</summary>
    public double Garbage { get; init; }

    /// <summary>What a 429 asks to wait, above zero; in headers retry-after-ms and, in whole seconds, Retry-After.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How late a late answer is.</summary>
    public TimeSpan SlowBy { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Kinds with their shares.</summary>
    internal IEnumerable<(FaultKind Kind, double Share)> Shares =>
    [
        (FaultKind.RateLimit, RateLimit), (FaultKind.ServerError, ServerError), (FaultKind.Slow, Slow),
        (FaultKind.Truncated, Truncated), (FaultKind.Refusal, Refusal), (FaultKind.Garbage, Garbage),
    ];

    /// <summary>The options, if they are in range.</summary>
    /// <exception cref="InvalidOperationException">Names the option.</exception>
    public FaultOptions Validated()
    {
        foreach (var (kind, share) in Shares)
            if (share is not (>= 0 and <= 1)) throw new InvalidOperationException($"Faults:{kind} is {share}; allowed: 0 to 1.");
        if (Shares.Sum(s => s.Share) > 1 + 1e-9) throw new InvalidOperationException("The shares of Faults add up to more than 1.");
        if (RetryAfter <= TimeSpan.Zero) throw new InvalidOperationException("Faults:RetryAfter must be above zero.");
        return SlowBy >= TimeSpan.Zero ? this : throw new InvalidOperationException("Faults:SlowBy must not be negative.");
    }
}

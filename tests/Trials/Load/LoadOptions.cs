namespace HsNas.Trials.Load;

/// <summary>What a load trial does.</summary>
public sealed record LoadOptions
{
    /// <summary>Searches submitted at once, 1 to 1,000.</summary>
    public int Searches { get; init; } = 100;

    /// <summary>Tasks that the searches share, 1 to 100. Each needs a predictor and a supernet.</summary>
    public int Tasks { get; init; } = 4;

    /// <summary>Labels of the fan-out that is measured alone, 100 to 3,000.</summary>
    public int Labels { get; init; } = 3000;

    /// <summary>How long a search may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);
}

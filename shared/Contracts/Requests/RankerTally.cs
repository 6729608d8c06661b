namespace HsNas.Contracts.Requests;

/// <summary>What one ranker did in a run.</summary>
/// <param name="Generations">Generations it ranked.</param>
/// <param name="Seconds">Seconds in these.</param>
/// <param name="Scorings">Candidates it scored anew.</param>
public sealed record RankerTally(int Generations, double Seconds, int Scorings)
{
    /// <summary>Nothing done.</summary>
    public static RankerTally None { get; } = new(0, 0, 0);

    /// <summary>One generation more.</summary>
    public RankerTally Plus(double seconds, int scorings) => new(Generations + 1, Seconds + seconds, Scorings + scorings);
}

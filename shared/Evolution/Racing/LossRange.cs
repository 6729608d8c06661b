namespace HsNas.Evolution.Racing;

/// <summary>Where a candidate's loss on the whole text lies, bits per token.</summary>
/// <param name="ForParents">The interval by which it is judged as a parent.</param>
/// <param name="ForBest">The interval by which it is judged as the best.</param>
internal readonly record struct LossRange(Interval ForParents, Interval ForBest)
{
    /// <summary>The expected loss.</summary>
    public double Centre => ForParents.Centre;

    /// <summary>A known loss.</summary>
    public static LossRange Exact(double loss) => new(new Interval(loss, 0), new Interval(loss, 0));
}

/// <summary>An interval of losses, bits per token.</summary>
/// <param name="Centre">The expected loss.</param>
/// <param name="HalfWidth">How far it may lie to either side; 0 where it is known.</param>
internal readonly record struct Interval(double Centre, double HalfWidth)
{
    /// <summary>Lower end.</summary>
    public double Low => Centre - HalfWidth;

    /// <summary>Upper end.</summary>
    public double High => Centre + HalfWidth;
}

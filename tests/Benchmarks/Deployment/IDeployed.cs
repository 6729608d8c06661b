namespace HsNas.Benchmarks.Deployment;

/// <summary>A model in one of its forms, ready to translate on one thread.</summary>
internal interface IDeployed : IDisposable
{
    /// <summary>What the table calls it.</summary>
    string Name { get; }

    /// <summary>All its files together.</summary>
    long Bytes { get; }

    /// <summary>Translates ids as one batch, with a beam of 1 or 4.</summary>
    IReadOnlyList<int[]> Translate(IReadOnlyList<int[]> sources, int beam);
}

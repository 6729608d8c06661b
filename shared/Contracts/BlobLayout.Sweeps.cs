using HsNas.Kernel.Stores;

namespace HsNas.Contracts;

/// <summary>The blobs of a sweep.</summary>
public static partial class BlobLayout
{
    /// <summary>What a sweep is, written once.</summary>
    public static BlobPath SweepFile(string sweep) => new(Sweeps, $"{sweep}/sweep.json");

    /// <summary>An entry of the sweep's log, counted from 0.</summary>
    public static BlobPath SweepEntry(string sweep, int number) => new(Sweeps, $"{sweep}/log/{number:00000}.json");

    /// <summary>How a row ended in one run of the sweep.</summary>
    public static BlobPath SweepOutcome(string sweep, int run, string search) =>
        new(Sweeps, $"{SweepOutcomes(sweep)}{run:00000}/{search}.json");

    /// <summary>Where the outcomes lie, as the start of their names in <see cref="Sweeps"/>.</summary>
    public static string SweepOutcomes(string sweep) => $"{sweep}/outcomes/";
}

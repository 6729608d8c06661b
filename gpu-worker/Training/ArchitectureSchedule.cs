using HsNas.Contracts.Supernets;
using HsNas.Kernel;
using HsNas.Spaces;

namespace HsNas.GpuWorker.Training;

/// <summary>Which architectures an update trains.</summary>
internal interface IArchitectureSchedule
{
    /// <summary>
    /// The architectures of update <paramref name="step"/>, trained one after the other on the same batches; a function of the
    /// step alone, so that a training can resume.
    /// </summary>
    IReadOnlyList<Architecture> At(long step);
}

/// <summary>Makes the schedules of supernets.</summary>
internal static class ArchitectureSchedules
{
    /// <summary>The schedule that a kind of supernet names.</summary>
    public static IArchitectureSchedule Create(SupernetSchedule schedule, SearchSpace space, long seed) => schedule switch
    {
        SupernetSchedule.Uniform => new SinglePathOneShot(space, seed),
        SupernetSchedule.Sandwich => new SandwichSchedule(space, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "No such schedule."),
    };
}

/// <summary>Training from scratch: always the same architecture.</summary>
internal sealed class FixedArchitecture(Architecture architecture) : IArchitectureSchedule
{
    /// <inheritdoc/>
    public IReadOnlyList<Architecture> At(long step) => [architecture];
}

/// <summary>SPOS, as HAT trains its supernet: one architecture an update, every gene position uniform over its choices.</summary>
internal sealed class SinglePathOneShot(SearchSpace space, long seed) : IArchitectureSchedule
{
    /// <inheritdoc/>
    public IReadOnlyList<Architecture> At(long step) =>
        [new ArchitectureSampler(space, SeededRandom.For(seed, checked((int)step), "spos")).Next()];
}

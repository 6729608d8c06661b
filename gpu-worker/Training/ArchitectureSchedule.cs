using HsNas.Shared.Architectures;
using HsNas.Shared.Search;

namespace HsNas.GpuWorker.Training;

/// <summary>Which architecture an update trains.</summary>
internal interface IArchitectureSchedule
{
    /// <summary>The architecture of update <paramref name="step"/>; a function of the step alone, so that a training can resume.</summary>
    Architecture At(long step);
}

/// <summary>Training from scratch: always the same architecture.</summary>
internal sealed class FixedArchitecture(Architecture architecture) : IArchitectureSchedule
{
    /// <inheritdoc/>
    public Architecture At(long step) => architecture;
}

/// <summary>SPOS, as HAT trains its supernet: one architecture an update, every gene position uniform over its choices.</summary>
internal sealed class SinglePathOneShot(SearchSpace space, long seed) : IArchitectureSchedule
{
    /// <inheritdoc/>
    public Architecture At(long step) =>
        new ArchitectureSampler(space, SeededRandom.For(seed, checked((int)step), "spos")).Next();
}

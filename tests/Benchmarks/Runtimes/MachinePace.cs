using HsNas.GpuWorker.LatencyProbe;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Runtimes;

/// <summary>
/// How fast the machine is at the moment, told by a fixed piece of work. On a virtual machine it changes by a factor of two from one
/// half minute to the next, whatever runs on it.
/// </summary>
/// <param name="probe">Measures the work.</param>
/// <param name="work">The same architecture always.</param>
/// <param name="beam">Decoder rows.</param>
internal sealed class MachinePace(ILatencyProbe probe, Architecture work, int beam)
{
    private const int Runs = 5;

    /// <summary>Milliseconds that the work takes now.</summary>
    public double Now() => probe.Measure(work, Runs, beam).TotalMean;
}

using TorchSharp;

namespace HsNas.GpuWorker.Hosting;

/// <summary>How many threads libtorch computes with in this process.</summary>
internal static class TorchThreads
{
    /// <summary>
    /// Sets one thread, unless the environment variable OMP_NUM_THREADS says otherwise. Threads of one process wait for each
    /// other by spinning, so on a busy machine two are many times slower than one. Whole jobs side by side use the processors
    /// better.
    /// </summary>
    public static void Settle()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"))) torch.set_num_threads(1);
    }
}

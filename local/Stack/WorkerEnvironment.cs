namespace HsNas.Local.Stack;

/// <summary>
/// Environment variables for a process that computes with libtorch. Where it is read it is read as a
/// process starts; elsewhere it does nothing.
/// </summary>
public static class WorkerEnvironment
{
    /// <summary>Names and values; what the user's environment sets already may stand instead.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // One torch thread a process: more of them wait for each other by spinning, and whole jobs side by side use the cores better.
        ["OMP_NUM_THREADS"] = "1",
        ["OMP_WAIT_POLICY"] = "passive",
        ["GOMP_SPINCOUNT"] = "0",
        // Tensors come and go by the megabyte: a C library that hands them back to the system at once pays a page fault for
        // every 4 kB of the next (10 to 25 % of scoring). 32 MB is the most that glibc takes for the first.
        ["MALLOC_MMAP_THRESHOLD_"] = "33554432",
        ["MALLOC_TRIM_THRESHOLD_"] = "134217728",
    };
}

namespace HsNas.Local.Stack;

/// <summary>
/// Environment variables for a process that computes with libtorch. They are read when a process starts, on systems that know
/// them; other systems ignore them.
/// </summary>
public static class WorkerEnvironment
{
    /// <summary>Names and values; values that the user's environment sets come first.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // One torch thread a process. More of them wait for each other by spinning, and whole jobs side by side use the cores better.
        ["OMP_NUM_THREADS"] = "1",
        ["OMP_WAIT_POLICY"] = "passive",
        ["GOMP_SPINCOUNT"] = "0",
        // Tensors take megabytes and live shortly. A C library that returns their memory to the system at once pays a page fault
        // for every 4 kB of the next tensor, which is 10 to 25 % of scoring. glibc accepts at most 32 MB for the first value.
        ["MALLOC_MMAP_THRESHOLD_"] = "33554432",
        ["MALLOC_TRIM_THRESHOLD_"] = "134217728",
    };
}

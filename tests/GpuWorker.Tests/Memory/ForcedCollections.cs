namespace HsNas.GpuWorker.Tests.Memory;

/// <summary>
/// Collects garbage and runs finalizers again and again on a thread of its own until it is disposed. An exception in a finalizer
/// ends the process, and with it the whole test run.
/// </summary>
internal sealed class ForcedCollections : IDisposable
{
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public ForcedCollections()
    {
        _thread = new Thread(Collect) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Collections so far.</summary>
    public int Count { get; private set; }

    /// <summary>Collects once more, on the caller's thread, so that what became garbage before is finalized now.</summary>
    public static void Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        Now();
    }

    private void Collect()
    {
        do
        {
            Now();
            Count++;
        }
        while (!_stop.Wait(TimeSpan.FromMilliseconds(1)));
    }
}

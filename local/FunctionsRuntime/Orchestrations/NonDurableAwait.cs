namespace Microsoft.Azure.Functions.Worker.Orchestrations;

internal static class NonDurableAwait
{
    internal const string Message =
        "The orchestrator awaited something that is not durable: only tasks made by its TaskOrchestrationContext may be awaited. "
        + "Input and output, Task.Run, Task.Delay and ConfigureAwait(false) belong in activities.";
}

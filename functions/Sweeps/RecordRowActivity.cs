using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>Records how a row's search ended.</summary>
public sealed class RecordRowActivity(SweepRecorder recorder)
{
    /// <summary>Records it; doing so again changes nothing.</summary>
    [Function(nameof(RecordRowActivity))]
    public Task RunAsync(
        [ActivityTrigger] RecordRowInput input, [DurableClient] DurableTaskClient client, FunctionContext context) =>
        recorder.RecordAsync(client, input.Run, input.Search, input.Error, context.CancellationToken);
}

/// <summary>Input of <see cref="RecordRowActivity"/>.</summary>
/// <param name="Run">The run of the sweep.</param>
/// <param name="Search">The search.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record RecordRowInput(SweepRun Run, SweptSearch Search, string? Error);

using System.Text.Json;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Does one kind of job. Handlers are called one at a time.</summary>
internal interface IJobHandler
{
    /// <summary>The kind, one of <see cref="HsNas.Contracts.Jobs.JobKinds.All"/>.</summary>
    string Kind { get; }

    /// <summary>Does the job and returns its result, which is serialised into the result blob.</summary>
    /// <exception cref="JobFailedException">The job can never succeed; the message is for the user.</exception>
    /// <exception cref="OperationCanceledException">The worker stops, or the job was cancelled.</exception>
    Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken);
}

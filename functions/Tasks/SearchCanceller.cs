using HsNas.Functions.Jobs;
using HsNas.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Tasks;

/// <summary>Stops a search: its worker jobs, its children, itself.</summary>
internal sealed class SearchCanceller(WorkerJobs jobs)
{
    private const string Reason = "cancelled by the user";

    /// <summary>Cancels jobs of running stages, then terminates the children and the search.</summary>
    public async Task CancelAsync(DurableTaskClient client, OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        var marks = instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<StageMarks>();
        foreach (var mark in marks?.Stages.Values.Where(m => m.End is null) ?? [])
        {
            if (mark.JobId is not null) await jobs.CancelAsync(new JobRef(mark.JobId, ""), cancellationToken);
            if (mark.Child is not null) await TerminateAsync(client, mark.Child, cancellationToken);
        }

        await client.TerminateInstanceAsync(instance.InstanceId, Reason, cancellationToken);
    }

    private static async Task TerminateAsync(DurableTaskClient client, string child, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(child, cancellationToken) is { IsCompleted: false })
            await client.TerminateInstanceAsync(child, Reason, cancellationToken);
    }
}

using HsNas.Contracts.Jobs;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Text;

/// <summary>Submits the translations of a search's training text, once its teacher is trained.</summary>
public sealed class SubmitTranslationsActivity(SearchFiles files, WorkerJobs jobs)
{
    /// <summary>The submitted jobs, one a part of the text; searches with equal teachers share them.</summary>
    [Function(nameof(SubmitTranslationsActivity))]
    public async Task<IReadOnlyList<JobRef>> RunAsync([ActivityTrigger] SearchInput input, FunctionContext context)
    {
        var plan = await files.PlanAsync(input.SearchId, context.CancellationToken);
        var submitted = new List<JobRef>();
        foreach (var translation in plan.DistilText!.Translations(plan.Task, plan.Dataset))
        {
            submitted.Add(await jobs.SubmitAsync(
                JobKinds.TranslateText, translation, input.InstanceId, context.CancellationToken));
        }

        return submitted;
    }
}

using HsNas.Functions.Searches.Files;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>Refuses limits that nothing can meet, before labels or training are paid for.</summary>
public sealed class CheckFeasibilityActivity(SearchFiles files, FeasibilityService feasibility)
{
    /// <summary>Throws where the limits cannot be met.</summary>
    [Function(nameof(CheckFeasibilityActivity))]
    public async Task RunAsync([ActivityTrigger] SearchInput input, FunctionContext context)
    {
        var request = await files.RequestAsync(input.SearchId, context.CancellationToken);
        await feasibility.EnsurePossibleAsync(request, withLatency: true, context.CancellationToken);
    }
}

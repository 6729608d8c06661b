using System.Diagnostics;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Hosting;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Preparation;
using HsNas.Kernel;
using HsNas.Telemetry;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches;

/// <summary>Validates a request and starts its search; by HTTP and by blob alike.</summary>
public sealed class SearchStarter(TaskStore tasks, SearchChecks checks, SearchFiles files, ConstraintSet constraints, SupernetKinds kinds)
{
    /// <summary>Whether a text can be the id of a search.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 64 && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>
    /// Starts a search, unless the request has faults or limits that nothing can meet. With a <paramref name="key"/> the id is
    /// a function of it, and an existing search is answered instead of a second one.
    /// </summary>
    public async Task<StartedSearch> StartAsync(
        DurableTaskClient client, ReadOnlyMemory<byte> json, string? key, CancellationToken cancellationToken)
    {
        var read = SearchRequestReader.Read(json, await tasks.NamesAsync(cancellationToken), constraints, kinds);
        if (read.Request is not { } request) return new StartedSearch("", read.Errors);
        if (await checks.RefusalAsync(request, cancellationToken) is { } refusal) return new StartedSearch("", [refusal]);
        var id = key is null ? Guid.NewGuid().ToString("N") : Hashing.Fingerprint("search", key);
        if (await client.GetInstanceAsync(id, cancellationToken) is not null) return new StartedSearch(id, []);
        using var span = SearchTrace.Start(FunctionsTelemetry.Source, "search", ActivityKind.Producer, id);
        span?.SetTag("hsnas.task", request.Task);
        await files.WriteRequestAsync(id, request, cancellationToken);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SearchOrchestrator), null, new StartOrchestrationOptions(id), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The same key may have come twice at once: then the other one has started the search.
            if (await client.GetInstanceAsync(id, cancellationToken) is null) throw;
        }

        return new StartedSearch(id, []);
    }
}

/// <summary>A started search, or why it was not started.</summary>
/// <param name="Id">Its id; empty where there are errors.</param>
/// <param name="Errors">Faults; empty where it was started.</param>
public sealed record StartedSearch(string Id, IReadOnlyList<FieldError> Errors);

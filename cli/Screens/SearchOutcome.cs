using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Client;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Screens;

/// <summary>How a followed search ended.</summary>
/// <param name="Status">Last status.</param>
/// <param name="Result">What was found; null unless it completed.</param>
/// <param name="ResultJson">The result's bytes as the function app sent them; empty unless it completed.</param>
internal sealed record SearchOutcome(SearchStatus Status, SearchResult? Result, byte[] ResultJson)
{
    /// <summary>0 for a winner, 1 for a search that failed or was stopped, 3 where no finalist kept the limits.</summary>
    public int ExitCode => Result switch { null => 1, { Requested.Winner: null } => 3, _ => 0 };

    /// <summary>Saves the report and the result of a search that completed; the lines that say where they are.</summary>
    public async Task<List<string>> SaveAsync(SearchClient client, string folder, CancellationToken cancellationToken)
    {
        var (report, result) = (Path.Combine(folder, "report.html"), Path.Combine(folder, "result.json"));
        await File.WriteAllBytesAsync(result, ResultJson, cancellationToken);
        await File.WriteAllBytesAsync(report, await client.ReportAsync(Result!.Id, cancellationToken), cancellationToken);
        return [$"Report: {Workspace.Display(report)}", $"Result: {Workspace.Display(result)}"];
    }

    /// <summary>Follows a search; a failure's reason goes to standard error.</summary>
    public static async Task<SearchOutcome> FollowAsync(
        CommandContext context, SearchClient client, string id, CancellationToken cancellationToken)
    {
        var watch = new SearchWatch(client, context.Time);
        var status = await StatusScreens.RunAsync(
            context.Console, context.Time, screen => watch.FollowAsync(id, screen, cancellationToken));
        if (status.Status != "Completed")
        {
            await context.Errors.WriteLineAsync($"error: search {id}: {status.Status}{(status.Error is null ? "" : ": " + status.Error)}");
            return new SearchOutcome(status, null, []);
        }

        var json = await client.ResultAsync(id, cancellationToken);
        return new SearchOutcome(status, JsonSerializer.Deserialize<SearchResult>(json, SearchClient.Lenient), json);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using HsNas.Contracts.Jobs;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// Puts messages back that only a newer worker understands, so that app and workers can be updated in any order while searches run.
/// Their text is kept as it is but for the number of waits.
/// </summary>
internal sealed class NewerJobs(QueueClient jobs, WorkerOptions options)
{
    private const string Waits = "waits";

    private TimeSpan Pause => options.Visibility / 2;

    /// <summary>Whether a message is of a newer schema, whatever else it holds.</summary>
    public static bool IsNewer(string text) => Number(TryParse(text), "schema") > WorkerJob.CurrentSchema;

    /// <summary>Sends a copy that is seen later. False where it has waited long enough, or says nothing that could be sent.</summary>
    public async Task<bool> TryPutBackAsync(string text, CancellationToken cancellationToken)
    {
        if (TryParse(text) is not { } message) return false;
        var waits = Math.Max(0, Number(message, Waits) ?? 0);
        if (waits * Pause >= options.NewerPatience) return false;
        message[Waits] = waits + 1;
        await jobs.SendMessageAsync(message.ToJsonString(), Pause, cancellationToken: cancellationToken);
        return true;
    }

    private static int? Number(JsonObject? message, string field) =>
        message?[field] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static JsonObject? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

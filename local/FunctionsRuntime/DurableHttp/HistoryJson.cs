using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Orchestrations;

namespace Microsoft.Azure.Functions.Worker.DurableHttp;

/// <summary>Writes a history with each request folded into its answer.</summary>
internal static class HistoryJson
{
    internal static void Write(Utf8JsonWriter json, IReadOnlyList<HistoryEntry> history, bool showInput, bool showOutputs)
    {
        var requests = history
            .Where(entry => entry.Kind is EntryKind.TaskScheduled or EntryKind.SubOrchestrationInstanceCreated)
            .ToDictionary(entry => entry.TaskId!.Value);
        foreach (var entry in history)
        {
            if (entry.Kind is EntryKind.OrchestratorStarted or EntryKind.OrchestratorCompleted
                or EntryKind.TaskScheduled or EntryKind.SubOrchestrationInstanceCreated)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("EventType", entry.Kind.ToString());
            json.WriteString("Timestamp", entry.At);
            WriteDetails(json, entry, requests, showInput, showOutputs);
            json.WriteEndObject();
        }
    }

    private static void WriteDetails(
        Utf8JsonWriter json, HistoryEntry entry, Dictionary<int, HistoryEntry> requests, bool showInput, bool showOutputs)
    {
        switch (entry.Kind)
        {
            case EntryKind.ExecutionStarted:
                json.WriteString("FunctionName", entry.Name);
                if (showInput)
                {
                    StatusJson.WriteRaw(json, "Input", entry.Input);
                }

                break;
            case EntryKind.TaskCompleted or EntryKind.SubOrchestrationInstanceCompleted:
                WriteRequest(json, entry, requests);
                if (showOutputs)
                {
                    StatusJson.WriteRaw(json, "Result", entry.Result);
                }

                break;
            case EntryKind.TaskFailed or EntryKind.SubOrchestrationInstanceFailed:
                WriteRequest(json, entry, requests);
                json.WriteString("Reason", entry.Failure?.ErrorMessage);
                json.WriteString("Details", entry.Failure?.StackTrace);
                break;
            case EntryKind.TimerCreated or EntryKind.TimerFired when entry.FireAt is { } fireAt:
                json.WriteString("FireAt", fireAt);
                break;
            case EntryKind.EventRaised or EntryKind.EventSent:
                json.WriteString("Name", entry.Name);
                StatusJson.WriteRaw(json, "Input", entry.Input);
                break;
            case EntryKind.ExecutionCompleted:
                json.WriteString("OrchestrationStatus", entry.Status);
                if (showOutputs)
                {
                    StatusJson.WriteRaw(json, "Result", entry.Result);
                }

                break;
            case EntryKind.ExecutionSuspended or EntryKind.ExecutionResumed or EntryKind.ExecutionTerminated:
                json.WriteString("Reason", entry.Input);
                break;
        }
    }

    private static void WriteRequest(Utf8JsonWriter json, HistoryEntry answer, Dictionary<int, HistoryEntry> requests)
    {
        if (requests.TryGetValue(answer.TaskId!.Value, out var request))
        {
            json.WriteString("FunctionName", request.Name);
            json.WriteString("ScheduledTime", request.At);
        }
    }
}

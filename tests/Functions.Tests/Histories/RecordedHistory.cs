using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker.Orchestrations;

namespace HsNas.Functions.Tests.Histories;

/// <summary>Whose history it is.</summary>
/// <param name="Orchestrator">Name of its orchestrator.</param>
/// <param name="Id">The instance.</param>
/// <param name="Version">Version that it was started with; null for none.</param>
/// <param name="Parent">Who waits for it; null for nobody.</param>
internal sealed record RecordedInstance(string Orchestrator, string Id, string? Version, ParentLink? Parent);

/// <summary>One turn: the news that the orchestrator was given, and what it asked for.</summary>
/// <param name="Entries">What its history gained.</param>
/// <param name="Renewal">Its next input, where it continued as new.</param>
internal sealed record RecordedTurn(IReadOnlyList<HistoryEntry> Entries, Renewal? Renewal)
{
    private static readonly EntryKind[] Frame =
        [EntryKind.OrchestratorStarted, EntryKind.OrchestratorCompleted, EntryKind.ExecutionCompleted];

    /// <summary>When it was.</summary>
    public DateTime At => Entries[0].At;

    /// <summary>What the orchestrator was told.</summary>
    public IReadOnlyList<HistoryEntry> News => [.. Entries.Where(e => !Frame.Contains(e.Kind) && !IsAction(e))];

    /// <summary>What it asked for.</summary>
    public IReadOnlyList<HistoryEntry> Actions => [.. Entries.Where(IsAction)];

    /// <summary>How it ended; null where it did not.</summary>
    public HistoryEntry? End => Entries.SingleOrDefault(e => e.Kind == EntryKind.ExecutionCompleted);

    private static bool IsAction(HistoryEntry entry) => entry.Kind
        is EntryKind.TaskScheduled or EntryKind.TimerCreated or EntryKind.SubOrchestrationInstanceCreated or EntryKind.EventSent;
}

/// <summary>
/// One execution of an orchestration as the local engine ran it. As a file it is JSON lines: who it is, then its entries.
/// </summary>
/// <param name="Name">Name of the file without its ending, with its folder.</param>
/// <param name="Instance">Whose it is.</param>
/// <param name="Turns">Its turns, in order.</param>
internal sealed record RecordedHistory(string Name, RecordedInstance Instance, IReadOnlyList<RecordedTurn> Turns)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The lines of its file.</summary>
    public IEnumerable<string> Lines()
    {
        yield return JsonSerializer.Serialize(Instance, Format);
        foreach (var turn in Turns)
        {
            foreach (var entry in turn.Entries) yield return JsonSerializer.Serialize(entry, Format);
            if (turn.Renewal is { } renewal) yield return JsonSerializer.Serialize(new RenewalLine(renewal), Format);
        }
    }

    /// <summary>Reads the lines of a file.</summary>
    public static RecordedHistory Parse(string name, IReadOnlyList<string> lines)
    {
        var turns = new List<RecordedTurn>();
        var entries = new List<HistoryEntry>();
        foreach (var line in lines.Skip(1))
        {
            if (JsonSerializer.Deserialize<RenewalLine>(line, Format) is { Renewal: { } renewal })
            {
                turns[^1] = turns[^1] with { Renewal = renewal };
                continue;
            }

            entries.Add(JsonSerializer.Deserialize<HistoryEntry>(line, Format)!);
            if (entries[^1].Kind != EntryKind.OrchestratorCompleted) continue;
            turns.Add(new RecordedTurn(entries, null));
            entries = [];
        }

        Assert.Empty(entries);
        return new RecordedHistory(name, JsonSerializer.Deserialize<RecordedInstance>(lines[0], Format)!, turns);
    }

    private sealed record RenewalLine(Renewal? Renewal);
}

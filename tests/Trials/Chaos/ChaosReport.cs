using HsNas.Contracts;
using HsNas.Trials.Model;
using HsNas.Trials.Searches;

namespace HsNas.Trials.Chaos;

/// <summary>What a chaos trial found.</summary>
/// <param name="Faults">What was done.</param>
/// <param name="Searches">Searches made.</param>
/// <param name="Identical">Searches whose trace, front, winner, training and predictor are those of the undisturbed run.</param>
/// <param name="SweepRows">Rows of the sweep with a result, in the disturbed run.</param>
/// <param name="IdenticalTables">Forms of the sweep's table that are those of the undisturbed run, to the byte.</param>
/// <param name="Blobs">Blobs compared.</param>
/// <param name="Jobs">Worker jobs of the disturbed run.</param>
/// <param name="LostJobs">Jobs without a result.</param>
/// <param name="Ledger">Entries of the disturbed run's ledger.</param>
/// <param name="Model">What the model was asked and answered in the disturbed run.</param>
/// <param name="UndisturbedModel">The same of the undisturbed run.</param>
/// <param name="StuckInstances">Instances that are not over.</param>
/// <param name="Poisoned">Messages in poison queues.</param>
/// <param name="Seconds">Of the disturbed run.</param>
/// <param name="UndisturbedSeconds">Of the undisturbed run.</param>
/// <param name="Differences">All that is not as it must be, a sentence each; empty where nothing was lost.</param>
public sealed record ChaosReport(
    FaultCounts Faults, int Searches, int Identical, int SweepRows, int IdenticalTables, int Blobs, int Jobs, int LostJobs, int Ledger,
    ModelCounts Model,
    ModelCounts UndisturbedModel,
    int StuckInstances, int Poisoned, double Seconds, double UndisturbedSeconds, IReadOnlyList<string> Differences)
{
    private const int MostNamed = 20;

    internal static ChaosReport Of(RunOutcome undisturbed, RunOutcome disturbed)
    {
        var (quiet, loud) = (undisturbed.Snapshot, disturbed.Snapshot);
        var differences = new List<string>();
        var identical = disturbed.Searches.Count(s => IsIdentical(s, undisturbed.Searches.Single(u => u.Search == s.Search), differences));
        var tables = Compare("table", undisturbed.Sweep.Tables, disturbed.Sweep.Tables, differences);
        differences.AddRange(new[] { undisturbed.Sweep, disturbed.Sweep }.Select(s => s.Error).OfType<string>());
        Compare("blob", quiet.Blobs, loud.Blobs, differences);
        Compare("ledger entry", quiet.Ledger, loud.Ledger, differences);
        Compare("job", Own(quiet), Own(loud), differences);
        var lost = loud.Jobs.Where(j => j.Value is null).Select(j => j.Key).ToList();
        differences.AddRange(lost.Select(j => $"job {j} has no result"));
        differences.AddRange(
            loud.Jobs.Where(j => j.Value?.StartsWith("error:", StringComparison.Ordinal) == true).Select(j => $"job {j.Key}: {j.Value}"));
        differences.AddRange(loud.Unfinished.Select(i => $"instance {i} is stuck"));
        if (loud.Poisoned > 0) differences.Add($"{loud.Poisoned} messages were poisoned");
        var model = disturbed.Model;
        if (model.PaidTwice > 0) differences.Add($"{model.PaidTwice} answers were paid for though the ledger held them");
        if (model.Distinct != loud.Ledger.Count)
            differences.Add($"the model answered {model.Distinct} different questions, the ledger holds {loud.Ledger.Count}");
        // With other keys the recorder would never find a stored answer, and so no answer that was paid for twice.
        var elsewhere = model.Keys.Count(k => !loud.Ledger.ContainsKey(BlobLayout.LedgerEntry(k).Name));
        if (elsewhere > 0) differences.Add($"{elsewhere} answers are not in the ledger under the keys of their questions");
        return new ChaosReport(
            disturbed.Faults, disturbed.Searches.Count, identical, disturbed.Sweep.Counts.Done, tables, loud.Blobs.Count, loud.Jobs.Count,
            lost.Count, loud.Ledger.Count, model, undisturbed.Model, loud.Unfinished.Count, loud.Poisoned, disturbed.Seconds,
            undisturbed.Seconds, differences);
    }

    private static bool IsIdentical(EndedSearch disturbed, EndedSearch undisturbed, List<string> differences)
    {
        if (undisturbed.Result is not { } expected)
            differences.Add($"undisturbed {undisturbed.Search.Name} is {undisturbed.Status}: {undisturbed.Error}");
        else if (disturbed.Result is not { } actual)
            differences.Add($"{disturbed.Search.Name} ({disturbed.Id}) is {disturbed.Status}: {disturbed.Error}");
        else
        {
            var found = Outcome.Of(actual);
            var different = Outcome.Of(expected).Where(part => found[part.Key] != part.Value).Select(part => part.Key).ToList();
            if (different.Count == 0) return true;
            differences.Add($"{disturbed.Search.Name} ({disturbed.Id}) differs in {string.Join(", ", different)}");
        }

        return false;
    }

    private static Dictionary<string, string?> Own(SystemSnapshot snapshot) =>
        snapshot.Jobs.Where(j => j.Key.StartsWith("own ", StringComparison.Ordinal))
            .ToDictionary(j => j.Key, j => j.Value, StringComparer.Ordinal);

    // How many are the same.
    private static int Compare<T>(
        string what, IReadOnlyDictionary<string, T> expected, IReadOnlyDictionary<string, T> actual, List<string> differences)
    {
        var found = new List<string>();
        found.AddRange(expected.Keys.Where(k => !actual.ContainsKey(k)).Select(k => $"{what} {k} is missing"));
        found.AddRange(actual.Keys.Where(k => !expected.ContainsKey(k)).Select(k => $"{what} {k} is not in the undisturbed run"));
        found.AddRange(actual.Where(a => expected.TryGetValue(a.Key, out var e) && !Equals(e, a.Value))
            .Select(a => $"{what} {a.Key} is another than in the undisturbed run"));
        differences.AddRange(found.Order(StringComparer.Ordinal).Take(MostNamed));
        if (found.Count > MostNamed) differences.Add($"and {found.Count - MostNamed} more such differences of a {what}");
        return actual.Count(a => expected.TryGetValue(a.Key, out var e) && Equals(e, a.Value));
    }
}

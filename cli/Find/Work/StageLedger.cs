using System.Text.Json;
using HsNas.Kernel;

namespace HsNas.Cli.Find.Work;

/// <summary>What each stage took, over all runs of a command that was stopped and given again, and how often a search failed.</summary>
/// <param name="file">Where it is kept.</param>
internal sealed class StageLedger(string file)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What is kept.</summary>
    /// <param name="Seconds">Seconds by stage.</param>
    /// <param name="Done">Stages that are done.</param>
    /// <param name="Attempt">Searches that failed or were cancelled; the next one is asked for under another key.</param>
    internal sealed record State(IReadOnlyDictionary<string, double> Seconds, IReadOnlyList<string> Done, int Attempt);

    /// <summary>What is known now.</summary>
    public State Read()
    {
        try
        {
            return JsonSerializer.Deserialize<State>(File.ReadAllBytes(file), Json.Options)!;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return new State(new Dictionary<string, double>(StringComparer.Ordinal), [], 0);
        }
    }

    /// <summary>Whether a stage is done.</summary>
    public bool IsDone(string stage) => Read().Done.Contains(stage, StringComparer.Ordinal);

    /// <summary>
    /// Does a stage and notes what it takes, every few seconds, so that a kill loses no more; done it is only where it ends well.
    /// </summary>
    public async Task RunAsync(string stage, TimeProvider time, Func<Task> work)
    {
        var noted = time.GetTimestamp();
        var done = false;
        var note = new Lock();
        await using (time.CreateTimer(_ => Pass(), null, Interval, Interval))
        {
            try
            {
                await work();
                done = true;
            }
            finally
            {
                Pass();
            }
        }

        void Pass()
        {
            lock (note)
            {
                // One look at the clock: between two, time would belong to neither note.
                var now = time.GetTimestamp();
                Note(stage, time.GetElapsedTime(noted, now).TotalSeconds, done);
                noted = now;
            }
        }
    }

    /// <summary>Adds seconds to a stage.</summary>
    public void Note(string stage, double seconds, bool done)
    {
        var state = Read();
        var all = new Dictionary<string, double>(state.Seconds, StringComparer.Ordinal);
        all[stage] = all.GetValueOrDefault(stage) + seconds;
        IReadOnlyList<string> finished = done && !state.Done.Contains(stage, StringComparer.Ordinal) ? [.. state.Done, stage] : state.Done;
        Write(state with { Seconds = all, Done = finished });
    }

    /// <summary>Notes that a search came to nothing.</summary>
    public void NoteFailure()
    {
        var state = Read();
        Write(state with { Attempt = state.Attempt + 1 });
    }

    private void Write(State state)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file + ".part", JsonSerializer.SerializeToUtf8Bytes(state, Json.Indented));
        File.Move(file + ".part", file, overwrite: true);
    }
}

using System.Collections.Concurrent;
using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Tests.Support;

/// <summary>
/// What the activities of a test do, by the key that its inputs carry: functions are found by type, so a test cannot hand them its
/// own.
/// </summary>
internal static class Scripts
{
    private static readonly ConcurrentDictionary<string, Func<int, Task<JobOutcome>>> Looks = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Action<int>> Attempts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, int> Calls = new(StringComparer.Ordinal);

    /// <summary>A job id whose n-th look gives what the script says.</summary>
    public static JobRef Job(Func<int, Task<JobOutcome>> look)
    {
        var job = new JobRef(Guid.NewGuid().ToString("N"), "score");
        Looks[job.JobId] = look;
        return job;
    }

    /// <summary>A key whose n-th attempt does what the script says.</summary>
    public static string Attempt(Action<int> attempt)
    {
        var key = Guid.NewGuid().ToString("N");
        Attempts[key] = attempt;
        return key;
    }

    /// <summary>How often a key was used.</summary>
    public static int CallsOf(string key) => Calls.GetValueOrDefault(key);

    /// <summary>Counts a use of a key; which one it is.</summary>
    public static int Count(string key) => Calls.AddOrUpdate(key, 1, (_, n) => n + 1);

    [Function(nameof(CheckJobActivity))]
    public static Task<JobOutcome> CheckAsync([ActivityTrigger] CheckJobInput input) => Looks[input.Job.JobId](Count(input.Job.JobId));

    /// <summary>Uses a key once more, and does what its script says.</summary>
    public static async Task<string> RunAsync(string key)
    {
        await Task.Yield();
        Attempts[key](Count(key));
        return "passed";
    }

    /// <summary>An attempt in a class that is not public, as this one: the worker wraps what it throws.</summary>
    [Function(nameof(HiddenAttempt))]
    public static Task<string> HiddenAttempt([ActivityTrigger] string key) => RunAsync(key);
}

/// <summary>An attempt in a public class, as the app's are: what it throws arrives as it is.</summary>
public static class PublicScripts
{
    /// <summary>Uses a key once more.</summary>
    [Function(nameof(PublicAttempt))]
    public static Task<string> PublicAttempt([ActivityTrigger] string key) => Scripts.RunAsync(key);
}

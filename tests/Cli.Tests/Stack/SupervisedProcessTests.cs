using System.Diagnostics;
using System.Globalization;
using HsNas.Cli.Tests.Support;
using HsNas.Local.Stack.Processes;

namespace HsNas.Cli.Tests.Stack;

public sealed class SupervisedProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProcessStarter _starter = new();
    private readonly List<string> _notes = [];

    public void Dispose()
    {
        _starter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_killed_process_is_started_again_and_its_log_goes_on()
    {
        await using var process = await StartAsync("echo alive; exec sleep 600");
        var first = process.Identity!;
        await UntilAsync(() => LogTail.Holds(process.Spec.LogFile, "alive"));

        Process.GetProcessById(first.Id).Kill();
        await UntilAsync(() => process.Identity is { } now && now != first);

        Assert.Equal(1, process.Exits);
        Assert.Contains("test ended with code 137; starting it again in 0.5 s", _notes);
        await UntilAsync(() => File.ReadAllLines(process.Spec.LogFile).Length == 2);
        await Signals.EndAsync([process.Identity!], TimeSpan.FromSeconds(5), TimeProvider.System);
    }

    [Fact]
    public async Task A_stubborn_process_is_killed_in_the_end()
    {
        var process = await StartAsync("trap '' TERM; echo deaf; while true; do sleep 0.05; done");
        await UntilAsync(() => LogTail.Holds(process.Spec.LogFile, "deaf"));
        await process.DisposeAsync();

        await Signals.EndAsync([process.Identity!], TimeSpan.FromMilliseconds(300), TimeProvider.System);

        Assert.False(process.Identity!.IsAlive);
    }

    [Fact]
    public async Task Readiness_quotes_the_log_of_a_process_that_ended()
    {
        await using var process = await StartAsync("echo libtorch is missing; exit 3");
        using var http = new HttpClient();
        var readiness = new Readiness(http, TimeProvider.System, TimeSpan.FromSeconds(30));

        var e = await Assert.ThrowsAsync<StackException>(() => readiness.LogsAsync(process, "started", default));

        Assert.Contains("libtorch is missing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_gives_up_on_silence()
    {
        await using var process = await StartAsync("exec sleep 600");
        using var http = new HttpClient();
        var readiness = new Readiness(http, TimeProvider.System, TimeSpan.FromMilliseconds(300));

        var e = await Assert.ThrowsAsync<StackException>(() => readiness.AnswersAsync(process, new Uri("http://127.0.0.1:9/"), default));

        Assert.Contains("did not answer", e.Message, StringComparison.Ordinal);
        await Signals.EndAsync([process.Identity!], TimeSpan.FromSeconds(5), TimeProvider.System);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_reported_by_its_log()
    {
        await using var process = await StartAsync("exec no-such-program");

        await UntilAsync(() => process.Exits > 0);

        Assert.Contains("no-such-program", LogTail.Read(process.Spec.LogFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_yields_gives_way_itself_and_with_its_session()
    {
        if (!OperatingSystem.IsLinux()) return; // Elsewhere nothing is asked of the system.
        const string Told = "cut -d ' ' -f 19 /proc/self/stat; [ ! -f /proc/$$/autogroup ] || cat /proc/$$/autogroup; echo told";
        await using var process = await StartAsync(Told, Yielding.Prefix);
        await UntilAsync(() => LogTail.Holds(process.Spec.LogFile, "told"));

        var lines = await File.ReadAllLinesAsync(process.Spec.LogFile);
        var own = File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[16];
        Assert.Equal(Math.Min(19, int.Parse(own, CultureInfo.InvariantCulture) + 5), int.Parse(lines[0], CultureInfo.InvariantCulture));
        if (lines.Length > 2) Assert.EndsWith(" nice 5", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_double_up_to_a_bound()
    {
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 10, 10], Enumerable.Range(0, 8).Select(n => SupervisedProcess.WaitAfter(n).TotalSeconds));
        Assert.Equal(10, SupervisedProcess.WaitAfter(1000).TotalSeconds);
    }

    private async Task<SupervisedProcess> StartAsync(string script, params IReadOnlyList<string> prefix)
    {
        var spec = new ChildSpec("test", [.. prefix, "/bin/sh", "-c", script], new Dictionary<string, string>(), _folder.Path,
            Path.Combine(_folder.Path, "logs", "test.log"));
        var process = new SupervisedProcess(spec, _starter, line => { lock (_notes) _notes.Add(line); }, TimeProvider.System);
        await process.StartAsync();
        return process;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 400 && !condition(); i++) await Task.Delay(25);
        Assert.True(condition());
    }
}

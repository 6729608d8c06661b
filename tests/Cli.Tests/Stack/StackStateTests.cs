using HsNas.Cli.Tests.Support;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;

namespace HsNas.Cli.Tests.Stack;

public sealed class StackStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        var state = States.Running("http://127.0.0.1:1");
        state.Write(_folder.Path);

        var read = StackState.TryRead(_folder.Path)!;

        Assert.Equal(state.Processes, read.Processes);
        Assert.Equal(state with { Processes = read.Processes }, read);
        Assert.NotNull(StackState.TryReadRunning(_folder.Path));
    }

    [Fact]
    public void Only_its_owner_may_read_the_storage_key()
    {
        States.Running("http://127.0.0.1:1").Write(_folder.Path);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(_folder.Path, StackState.FileName)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"supervisor\":")]
    [InlineData("{}")]
    public void A_broken_file_counts_as_none(string content)
    {
        _folder.Write(StackState.FileName, content);

        Assert.Null(StackState.TryRead(_folder.Path));
    }

    [Fact]
    public void A_dead_supervisors_stack_does_not_run()
    {
        (States.Running("http://127.0.0.1:1") with { Supervisor = States.Nobody }).Write(_folder.Path);

        Assert.NotNull(StackState.TryRead(_folder.Path));
        Assert.Null(StackState.TryReadRunning(_folder.Path));
    }

    [Fact]
    public void A_reused_process_number_is_not_the_same_process()
    {
        Assert.True(ProcessIdentity.Current.IsAlive);
        Assert.False((ProcessIdentity.Current with { Started = "1" }).IsAlive);
        Assert.False(States.Nobody.IsAlive);
    }

    [Fact]
    public async Task Stopping_clears_up_after_a_killed_supervisor()
    {
        using var left = System.Diagnostics.Process.Start("sleep", "600");
        var worker = new StackProcess("worker-1", ProcessIdentity.Of(left.Id), "worker-1.log", 0);
        (States.Running("http://127.0.0.1:1") with { Supervisor = States.Nobody, Processes = [worker] }).Write(_folder.Path);

        Assert.True(await StackEnding.StopAsync(_folder.Path, TimeProvider.System));
        Assert.False(worker.Process!.IsAlive);
        Assert.False(await StackEnding.StopAsync(_folder.Path, TimeProvider.System));
    }
}

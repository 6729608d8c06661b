namespace HsNas.Cli.Tests.Launcher;

public sealed class LauncherTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_launcher_sets_up_once_and_then_only_runs()
    {
        Ready();

        var first = await _machine.RunAsync("search", "status", "an id");
        var set = _machine.Calls.Length;
        var second = await _machine.RunAsync("search", "status", "an id");

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Contains("Building (once) ... done in", first.Errors, StringComparison.Ordinal);
        Assert.Equal("", second.Errors);
        Assert.EndsWith("HsNas.Cli.dll search status an id\n", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_machine.Calls[set..], c => c.StartsWith("dotnet build", StringComparison.Ordinal));
        Assert.DoesNotContain(_machine.Calls[set..], c => c.StartsWith("npm", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chaos", "Trials")]
    [InlineData("load", "Trials")]
    [InlineData("scale", "Simulation")]
    public async Task A_trial_is_run_by_a_program_of_its_own(string trial, string program)
    {
        Ready();

        var (code, output, _) = await _machine.RunAsync(trial, "--seed", "2");

        Assert.Equal(0, code);
        Assert.EndsWith($"HsNas.{program}.dll {trial} --seed 2\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_a_new_and_a_deleted_source_each_mean_a_build()
    {
        Ready();
        await _machine.RunAsync("down");

        foreach (var change in new Action[]
        {
            () => File.SetLastWriteTimeUtc(_machine.Source("cli/Program.cs"), TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1)),
            () => File.SetLastWriteTimeUtc(_machine.Source("cli/Old.cs"), DateTime.UnixEpoch),
            () => File.Delete(Path.Combine(_machine.Checkout, "cli/Old.cs")),
        })
        {
            change();
            var before = Builds();
            await _machine.RunAsync("down");
            File.SetLastWriteTimeUtc(Path.Combine(_machine.Checkout, "cli/Program.cs"), DateTime.UnixEpoch);
            Assert.Equal(before + 1, Builds());
        }

        _machine.Source("README.md", "words");
        _machine.Source(".hsnas/run/x", "state");
        var last = Builds();
        await _machine.RunAsync("down");
        Assert.Equal(last, Builds());
    }

    [Fact]
    public async Task Tests_are_summed_up_in_the_last_line()
    {
        Ready();
        Tests("""
              Passed A.Test [1 ms]
            Test Run Successful.
            Total tests: 12
                 Passed: 12
            """);

        var (code, output, _) = await _machine.RunAsync("test");

        Assert.Equal(0, code);
        Assert.DoesNotContain("A.Test", output, StringComparison.Ordinal);
        Assert.Equal("24 passed, 0 failed", output.TrimEnd().Split('\n')[^1]);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Two_projects_are_tested_at_a_time_where_there_are_two_cores(int cores, bool together)
    {
        Ready();
        // As the real one was seen to: it obeys OpenMP's variable, which the launcher sets.
        _machine.Tool("nproc", $"echo \"${{OMP_NUM_THREADS:-{cores}}}\"");
        // Each project waits for the other one for a moment, and says which of them have begun.
        Tests("", """
            touch "$2.begun"
            all=${2%/tests/*}/tests
            for n in $(seq 30); do
              set -- "$all"/*/bin/Release/net10.0/*.begun
              [ $# = 1 ] || break
              sleep 0.1
            done
            printf '%s\n' "$@"
            echo Test Run Failed.; echo '     Passed: 12'; echo '     Failed: 1'
            """);

        var (code, output, _) = await _machine.RunAsync("test");

        Assert.Equal(1, code);
        Assert.Equal(2, _machine.Calls.Count(c => c.StartsWith("dotnet test ", StringComparison.Ordinal)));
        Assert.Equal(together ? 4 : 3, output.Split('\n').Count(l => l.EndsWith(".begun", StringComparison.Ordinal)));
        Assert.Equal("24 passed, 2 failed", output.TrimEnd().Split('\n')[^1]);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_machine.Checkout, ".hsnas"), "claims*"));
    }

    [Fact]
    public async Task Coverage_is_measured_and_shown_by_project_when_it_is_asked_for()
    {
        Ready();
        Tests("Test Run Successful.\n     Passed: 12");
        _machine.Source("Directory.Packages.props", "<PackageVersion Include=\"Microsoft.NET.Test.Sdk\" Version=\"18.11.0\" />\n");

        var (code, output, _) = await _machine.RunAsync("test", "Alpha", "--coverage");

        Assert.Equal(0, code);
        var call = Assert.Single(_machine.Calls, c => c.StartsWith("dotnet test ", StringComparison.Ordinal));
        Assert.Contains("--collect Code Coverage;Format=cobertura", call, StringComparison.Ordinal);
        Assert.Contains(
            "--test-adapter-path /packages/microsoft.codecoverage/18.11.0/build/netstandard2.0 ", call, StringComparison.Ordinal);
        Assert.Equal(
            ["all 37.8%", "HsNas.Kernel 55.9%", "HsNas.Local.InContextModel 95.3%"],
            output.Split('\n').Where(l => l.EndsWith('%')).Select(l => string.Join(' ',
                l.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal("12 passed, 0 failed", output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task Coverage_costs_nothing_when_it_is_not_asked_for()
    {
        Ready();
        Tests("Test Run Successful.\n     Passed: 12");

        await _machine.RunAsync("test");

        Assert.DoesNotContain(_machine.Calls, c => c.Contains("--collect", StringComparison.Ordinal));
        Assert.DoesNotContain(_machine.Calls, c => c.StartsWith("dotnet reportgenerator", StringComparison.Ordinal)
            || c.StartsWith("dotnet tool", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_skipped_test_is_shown_with_its_reason_and_counts_as_a_failed_one()
    {
        Ready();
        Tests("""
            [xUnit.net 00:00:00.77]     A.Test [SKIP]
            [xUnit.net 00:00:00.77]       No emulator here.
              Passed Another.Test [1 ms]
            Test Run Successful.
            Total tests: 13
                 Passed: 12
                Skipped: 1
            """);

        var (code, output, _) = await _machine.RunAsync("test");

        Assert.Equal(1, code);
        Assert.Contains("  skipped: No emulator here.\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Another.Test", output, StringComparison.Ordinal);
        Assert.Equal("24 passed, 2 failed", output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task A_failing_test_is_shown_and_fails_the_command()
    {
        Ready();
        Tests("""
              Failed A.Test [1 ms]
              Error Message:
               Expected 1, got 2
            Test Run Failed.
            Total tests: 3
                 Passed: 2
                 Failed: 1
            """);

        var (code, output, _) = await _machine.RunAsync("test", "Alpha");

        Assert.Equal(1, code);
        Assert.Contains("Expected 1, got 2", output, StringComparison.Ordinal);
        Assert.Equal("2 passed, 1 failed", output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task Tests_that_crash_count_as_a_failure()
    {
        Ready();
        Tests("""
            The active test run was aborted.
            Test Run Aborted.
            Total tests: Unknown
                 Passed: 5
            """);

        var (code, output, _) = await _machine.RunAsync("test");

        Assert.Equal(1, code);
        Assert.Contains("aborted", output, StringComparison.Ordinal);
        Assert.Equal("0 passed, 2 failed", output.TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public async Task The_launcher_can_be_called_from_anywhere()
    {
        Ready();

        Assert.Equal(0, (await _machine.RunAsync("--version")).Code);
        Assert.True(File.Exists(Path.Combine(_machine.Checkout, "cli/bin/Release/net10.0/HsNas.Cli.dll")));
    }

    private void Ready()
    {
        _machine.Sdk();
        _machine.Node();
        _machine.Debian();
    }

    private void Tests(string output, string? script = null)
    {
        _machine.Source("tests/Alpha.Tests/bin/Release/net10.0/HsNas.Alpha.Tests.dll");
        _machine.Source("tests/Beta.Tests/bin/Release/net10.0/HsNas.Beta.Tests.dll");
        _machine.Sdk(test: script ?? $"echo '{output}'");
    }

    private int Builds() => _machine.Calls.Count(c => c.StartsWith("dotnet build ", StringComparison.Ordinal));
}

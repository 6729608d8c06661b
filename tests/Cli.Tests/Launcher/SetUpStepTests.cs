using System.Diagnostics;

namespace HsNas.Cli.Tests.Launcher;

public sealed class SetUpStepTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public SetUpStepTests()
    {
        _machine.Sdk();
        _machine.Node();
        _machine.Debian();
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_build_that_fails_is_tried_again()
    {
        _machine.Sdk(build: "echo 'Program.cs(1,1): error CS1002: ; expected'; exit 1");
        Assert.Equal(1, (await _machine.RunAsync("down")).Code);

        _machine.Sdk();
        Assert.Equal(0, (await _machine.RunAsync("down")).Code);
    }

    [Fact]
    public async Task Of_a_failed_build_the_first_errors_are_shown_each_once_and_the_path_of_the_log()
    {
        _machine.Sdk(build: """
            for project in A B; do
              echo "/x/1.cs(1,1): error CS0246: The type or namespace name 'T' could not be found [/x/$project.csproj]"
            done
            for n in 2 3 4 5 6 7; do echo "/x/$n.cs(1,1): error CS1002: ; expected [/x/A.csproj]"; done
            for n in $(seq 60); do echo "consequence $n"; done
            echo 'Build FAILED.'
            echo '    0 Warning(s)'
            echo '    8 Error(s)'
            exit 1
            """);

        var (_, _, errors) = await _machine.RunAsync("down");

        Assert.Equal(
            [
                "  /x/1.cs(1,1): error CS0246: The type or namespace name 'T' could not be found",
                .. Enumerable.Range(2, 4).Select(n => $"  /x/{n}.cs(1,1): error CS1002: ; expected"),
            ],
            errors.Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal)));
        Assert.DoesNotContain("consequence", errors, StringComparison.Ordinal);
        Assert.EndsWith($"The whole log: {Path.Combine(_machine.Checkout, ".hsnas/logs/setup.log")}\n", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x/A.csproj : error NU1101: Unable to find package Nowhere. No packages exist with this id in source(s): nuget.org")]
    [InlineData("MSBUILD : error MSB1009: Project file does not exist.")]
    [InlineData("E: Unable to locate package nodejs")]
    [InlineData("npm ERR! code EAI_AGAIN")]
    [InlineData("npm error code E404")]
    [InlineData("dpkg: error processing archive /var/cache/apt/archives/nodejs.deb (--unpack):")]
    public async Task Each_tools_way_to_write_an_error_is_known(string line)
    {
        _machine.Sdk(build: $"echo '{line}'; for n in $(seq 60); do echo later; done; exit 1");

        var (_, _, errors) = await _machine.RunAsync("down");

        Assert.Contains($"  {line}\n", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("later", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_step_shows_the_end_of_its_log_when_nothing_looks_like_an_error()
    {
        _machine.Sdk(build: "echo beginning; for n in $(seq 60); do echo \"line $n\"; done; exit 1");

        var (_, _, errors) = await _machine.RunAsync("down");

        Assert.Contains("line 60\n", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("beginning", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_a_step_leaves_behind_does_not_hold_up_the_next_command()
    {
        // As the compiler's server does, it keeps every descriptor it was given, and lives on; here until the machine is deleted.
        _machine.Sdk(build: """
            (while [ -d "$tools" ]; do sleep 0.1; done) &
            mkdir -p cli/bin/Release/net10.0 && touch cli/bin/Release/net10.0/HsNas.Cli.dll
            """);
        await _machine.RunAsync("down").WaitAsync(TimeSpan.FromSeconds(20));

        var (code, _, errors) = await _machine.RunAsync("down").WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((0, ""), (code, errors));
    }

    [Fact]
    public async Task A_command_that_is_terminated_ends_its_build()
    {
        // The compiler has the build's process and tells its number.
        _machine.Sdk(build: "exec compiler $$");
        _machine.Tool("compiler", "exec sleep 300");
        var run = _machine.RunAsync("down");
        using var build = Process.GetProcessById(int.Parse((await _machine.FirstCallOfAsync("compiler")).Split(' ')[1]));

        using (var kill = Process.Start("kill", ["-TERM", $"{_machine.Started}"])) await kill.WaitForExitAsync();

        Assert.Equal(130, (await run.WaitAsync(TimeSpan.FromSeconds(20))).Code);
        await build.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_command_that_waits_for_anothers_set_up_says_so()
    {
        _machine.Sdk(build: """
            while [ ! -f "$tools/go" ]; do sleep 0.05; done
            mkdir -p cli/bin/Release/net10.0 && touch cli/bin/Release/net10.0/HsNas.Cli.dll
            """);
        _machine.Watch("flock");
        var first = _machine.RunAsync("down");
        await _machine.CalledAsync("dotnet build HsNas.sln -c Release -v q -clp:ErrorsOnly");
        var second = _machine.RunAsync("down");
        await _machine.CalledAsync("flock 9");

        _machine.Tool("go", "");

        Assert.DoesNotContain("Another ./hsnas", (await first).Errors, StringComparison.Ordinal);
        var (code, _, errors) = await second;
        Assert.Equal((0, "Another ./hsnas is setting up; waiting ...\n"), (code, errors));
    }
}

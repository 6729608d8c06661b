namespace HsNas.Cli.Tests.Launcher;

public sealed class MissingToolsTests : IDisposable
{
    private const string Install = "apt-get install -y --no-install-recommends nodejs npm";

    private readonly FakeMachine _machine = new();

    public MissingToolsTests() => _machine.Sdk();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_Debian_it_says_what_is_missing_and_installs_it(bool recorded)
    {
        _machine.Debian(recorded: recorded);

        var (code, _, errors) = await _machine.RunAsync("down");

        Assert.Equal(0, code);
        Assert.Contains("Missing on this machine: nodejs npm. Installing with apt-get.", errors, StringComparison.Ordinal);
        Assert.Equal([Install], AptCalls());
    }

    [Fact]
    public async Task Absent_package_lists_are_read_first()
    {
        _machine.Debian(listsArePresent: false);

        Assert.Equal(0, (await _machine.RunAsync("down")).Code);

        Assert.Equal(["apt-get update", Install], AptCalls());
    }

    [Fact]
    public async Task Old_package_lists_are_read_anew_once()
    {
        _machine.Debian(onInstall: "[ -f \"$tools/lists\" ]");

        await _machine.RunAsync("down");

        Assert.Equal([Install, "apt-get update", Install], AptCalls());
    }

    [Theory]
    [InlineData(true, "test")]
    [InlineData(true, "test", "Browser")]
    [InlineData(true, "test", "Shared", "Browser")]
    [InlineData(false, "test", "Shared")]
    [InlineData(false, "down")]
    public async Task The_browser_is_installed_for_the_tests_that_drive_it_only(bool installed, params string[] command)
    {
        _machine.Node();
        _machine.Debian(offered: "nodejs npm chromium");

        var (_, _, errors) = await _machine.RunAsync(command);

        Assert.Equal(installed, AptCalls().Contains("apt-get install -y --no-install-recommends chromium"));
        Assert.Equal(installed, errors.Contains("Missing on this machine: chromium, which", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true, "test")]
    [InlineData(true, true, "test", "Containers")]
    [InlineData(true, true, "test", "Shared", "Containers")]
    [InlineData(false, true, "test", "Shared")]
    [InlineData(false, true, "down")]
    [InlineData(false, false, "test")]
    public async Task Podman_is_installed_for_the_tests_of_containers_where_the_machine_lets_them_run(
        bool installed, bool canMount, params string[] command)
    {
        _machine.Node();
        _machine.Debian(offered: "nodejs npm chromium podman");
        _machine.Tool("unshare", canMount ? "exit 0" : "exit 1");

        var (_, _, errors) = await _machine.RunAsync(command);

        Assert.Equal(installed, AptCalls().Contains("apt-get install -y --no-install-recommends podman runc mmdebstrap"));
        Assert.Equal(!canMount, errors.Contains("No containers are tested: that takes root", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_SDK_is_installed_where_the_distribution_has_it()
    {
        _machine.Sdk("9.0.300");
        _machine.Node();
        _machine.Debian(offered: "nodejs npm dotnet-sdk-10.0");

        await _machine.RunAsync("down");

        Assert.Contains("apt-get install -y --no-install-recommends dotnet-sdk-10.0", _machine.Calls);
    }

    [Fact]
    public async Task A_set_up_says_that_the_distribution_lacks_the_SDK_before_it_installs_anything()
    {
        _machine.Sdk("9.0.300");
        _machine.Debian();

        var (code, _, errors) = await _machine.RunAsync("down");

        Assert.Equal(1, code);
        Assert.Contains("Missing on this machine:\n  the .NET SDK 10.0 (dotnet)", errors, StringComparison.Ordinal);
        Assert.Contains($"  as root: apt-get update && {Install}\n", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Install, _machine.Calls);
    }

    [Fact]
    public async Task A_set_up_installs_as_root_when_there_is_sudo()
    {
        _machine.Debian(listsArePresent: false);
        _machine.NotRoot(sudo: true);

        var (code, _, _) = await _machine.RunAsync("down");

        Assert.Equal(0, code);
        Assert.Contains(Install, _machine.Calls);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_set_up_says_what_to_install_and_does_nothing_when_it_is_not_root(bool sudo, bool listsArePresent)
    {
        _machine.Debian(listsArePresent: listsArePresent);
        _machine.NotRoot(sudo);
        if (sudo) _machine.Tool("sudo", "exit 1");

        var (code, _, errors) = await _machine.RunAsync("down");

        Assert.Equal(1, code);
        Assert.Contains($"Missing on this machine:\n  as root: apt-get update && {Install}\n", errors, StringComparison.Ordinal);
        Assert.Empty(AptCalls());
        Assert.DoesNotContain(_machine.Calls, c => c.StartsWith("dotnet build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Elsewhere_it_says_exactly_what_is_missing_and_stops()
    {
        _machine.Sdk("9.0.300");

        var (code, _, errors) = await _machine.RunAsync("demo");

        Assert.Equal(1, code);
        Assert.Contains("""
            Missing on this machine:
              the .NET SDK 10.0 (dotnet): https://dotnet.microsoft.com/download
              Node.js 18 or newer (node)
              npm

            """, errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_machine.Calls, c => c.StartsWith("dotnet build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Node_that_is_too_old_counts_as_missing()
    {
        _machine.Node("v12.22.9");

        var (code, _, errors) = await _machine.RunAsync("down");

        Assert.Equal(1, code);
        Assert.Contains("Missing on this machine:\n  Node.js 18 or newer (node)\nPlease", errors, StringComparison.Ordinal);
    }

    private IEnumerable<string> AptCalls() => _machine.Calls.Where(c => c.StartsWith("apt-get", StringComparison.Ordinal));
}

namespace HsNas.Cli.Tests.Launcher;

public sealed class ContinuousIntegrationTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public ContinuousIntegrationTests()
    {
        _machine.Sdk(test: "echo 'Test Run Successful.'; echo '     Passed: 3'");
        _machine.Node();
        _machine.Source("tests/Alpha.Tests/bin/Release/net10.0/HsNas.Alpha.Tests.dll");
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task CI_says_why_and_tests_on_this_machine_when_no_bare_one_can_be_made()
    {
        _machine.NotRoot(sudo: true);

        var (code, output, errors) = await _machine.RunScriptAsync(".ci/run");

        Assert.Equal(0, code);
        Assert.Contains(
            "No bare machine can be made here: that needs root.\nThe tests run on this machine itself.\n",
            errors,
            StringComparison.Ordinal);
        Assert.Equal("3 passed, 0 failed", output.TrimEnd().Split('\n')[^1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task CI_tests_on_a_bare_machine_and_ends_as_the_tests_do_when_one_can_be_made(int tests)
    {
        _machine.Script(".ci/bare-machine", $"[ \"$1\" = --prepare ] || {{ echo '3 passed, {tests} failed'; exit {tests}; }}");

        var (code, output, errors) = await _machine.RunScriptAsync(".ci/run");

        Assert.Equal((tests, $"3 passed, {tests} failed\n", "The tests run on a bare machine.\n"), (code, output, errors));
        Assert.Equal([".ci/bare-machine --prepare", ".ci/bare-machine ./hsnas test"], _machine.Calls);
    }
}

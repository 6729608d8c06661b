using HsNas.Cli.Hosting;
using HsNas.Cli.Http;
using HsNas.Cli.Tests.Stack;
using HsNas.Cli.Tests.Support;
using HsNas.Client;

namespace HsNas.Cli.Tests.Http;

public class FunctionAppAddressTests
{
    [Fact]
    public void Options_come_before_the_environment_and_that_before_the_local_stack()
    {
        using var folder = new TemporaryFolder();
        var workspace = new Workspace(folder.Path);
        Directory.CreateDirectory(workspace.RunFolder);
        States.Running("http://127.0.0.1:7071").Write(workspace.RunFolder);

        Assert.Equal(new FunctionAppAddress(new Uri("https://a.test/x/"), "k"), Resolve("https://a.test/x", "k", "https://b.test", "l"));
        Assert.Equal(new FunctionAppAddress(new Uri("https://b.test/"), "l"), Resolve(null, null, "https://b.test/", "l"));
        Assert.Equal(new FunctionAppAddress(new Uri("http://127.0.0.1:7071/"), null), Resolve(null, null, "", ""));

        FunctionAppAddress Resolve(string? url, string? key, string variableUrl, string variableKey) =>
            FunctionAppOptions.Resolve(url, key, name => name == "HSNAS_URL" ? variableUrl : variableKey, workspace);
    }

    [Fact]
    public void A_user_is_told_what_to_do_when_no_app_is_known()
    {
        using var folder = new TemporaryFolder();

        var e = Assert.Throws<CliException>(() => FunctionAppOptions.Resolve(null, null, _ => null, new Workspace(folder.Path)));

        Assert.Contains("./hsnas up", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("localhost:7071")]
    [InlineData("not an address")]
    public void Only_http_addresses_are_taken(string url) =>
        Assert.Throws<CliException>(() => FunctionAppOptions.Resolve(url, null, _ => null, new Workspace(".")));
}

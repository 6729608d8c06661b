using HsNas.Cli.Hosting;
using HsNas.Cli.Predictors;
using HsNas.Cli.Tests.Support;
using HsNas.Evaluation.InContext;
using HsNas.Local.Stack.Processes;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;

namespace HsNas.Cli.Tests.Predictors;

/// <summary>The regressions as a process of a command.</summary>
public class LocalModelTests
{
    [Fact]
    public async Task A_local_model_answers_as_long_as_it_is_wanted_and_is_gone_afterwards()
    {
        EndpointModel asked;
        await using (var server = await LocalModel.StartAsync(Workspace.Find(Environment.GetEnvironmentVariable), default))
        {
            asked = server.Model(StandInModels.Ridge, mostUsd: 0.01m, TimeProvider.System);
            var error = await Assert.ThrowsAsync<LabelUnavailableException>(
                async () => await asked.Source(0).LabelAsync([new Prompt("no demonstrations", "")]));
            Assert.Contains("in-context-ridge refused with status 4", error.Message, StringComparison.Ordinal);
        }

        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"{asked.Options.Endpoint}/models")));
    }

    [Fact]
    public async Task What_is_not_built_is_named()
    {
        using var empty = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<StackException>(() => LocalModel.StartAsync(new Workspace(empty.Path), default));
        Assert.Contains(
            "HsNas.Local.InContextModel.dll does not exist. Run ./hsnas, which builds first.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ends_as_it_starts_is_told_by_its_exit_code()
    {
        using var broken = new TemporaryFolder();
        broken.Write("local/InContextModel/bin/Release/net10.0/HsNas.Local.InContextModel.dll", "no assembly");
        var error = await Assert.ThrowsAsync<StackException>(() => LocalModel.StartAsync(new Workspace(broken.Path), default));
        Assert.Matches("ended with code [1-9][0-9]* as it started", error.Message);
    }
}

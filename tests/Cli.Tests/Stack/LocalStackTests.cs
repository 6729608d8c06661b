using System.Diagnostics;
using System.Net;
using Azure.Storage.Blobs;
using HsNas.Cli.Hosting;
using HsNas.Cli.Tests.Support;
using HsNas.Client;
using HsNas.Contracts;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;

namespace HsNas.Cli.Tests.Stack;

/// <summary>Real processes: Azurite, model, function app, one worker.</summary>
public sealed class LocalStackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_local_stack_starts_answers_survives_kills_and_ends()
    {
        var notes = new List<string>();
        await using var stack = await LocalStack.StartAsync(
            Options(), line => { lock (notes) notes.Add(line); }, TimeProvider.System, default);
        var state = StackState.TryReadRunning(_folder.Path)!;
        Assert.True(state.Ready);
        Assert.All(state.Processes, p => Assert.True(p.Process!.IsAlive));
        var containers = new BlobServiceClient(state.ConnectionString).GetBlobContainers().Select(c => c.Name).ToHashSet();
        Assert.Superset(BlobLayout.Containers.ToHashSet(), containers);
        // Own and published ones alike.
        foreach (var task in new[] { "tiny-en-de", "wmt14-en-de" }) Assert.Contains($"uploaded seed architectures of {task}", notes);
        using var client = new SearchClient(new FunctionAppAddress(new Uri(state.FunctionsUrl + "/"), null));
        var request = """{"task":"no-such","latency":1}"""u8.ToArray();
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => client.SubmitAsync(request, key: null, default));
        Assert.Contains("  task: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("  latency: ", refused.Message, StringComparison.Ordinal);

        foreach (var name in new[] { "functions", "worker-1" })
        {
            var victim = state.Processes.Single(p => p.Name == name).Process!;
            Process.GetProcessById(victim.Id).Kill();
            await UntilAsync(() => stack.State.Processes.Single(p => p.Name == name).Process is { } now && now != victim);
        }

        await UntilAsync(() => Answers(state.FunctionsUrl));
        await stack.DisposeAsync();

        Assert.Null(StackState.TryRead(_folder.Path));
        Assert.All(state.Processes, p => Assert.False(p.Process!.IsAlive));
        Assert.False(Answers(state.FunctionsUrl));
    }

    [Fact]
    public async Task Two_stacks_in_one_folder_are_refused()
    {
        States.Running("http://127.0.0.1:1").Write(_folder.Path);

        var e = await Assert.ThrowsAsync<StackException>(() => LocalStack.StartAsync(Options(), _ => { }, TimeProvider.System, default));

        Assert.Contains("already", e.Message, StringComparison.Ordinal);
    }

    private StackOptions Options() =>
        StackOptions.FromEnvironment(Workspace.Find(_ => null).Root, _folder.Path, Environment.GetEnvironmentVariable) with
    {
        Workers = 1,
        DataFolder = Path.Combine(_folder.Path, "data"),
    };

    private static bool Answers(string url)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, url + "/api/searches/none"));
            return answer.StatusCode == HttpStatusCode.NotFound;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1200 && !condition(); i++) await Task.Delay(50);
        Assert.True(condition());
    }
}

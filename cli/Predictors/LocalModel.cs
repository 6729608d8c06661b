using HsNas.Cli.Hosting;
using HsNas.Evaluation.InContext;
using HsNas.Llm;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;

namespace HsNas.Cli.Predictors;

/// <summary>The in-context regressions as a process of their own, for as long as a command runs.</summary>
internal sealed class LocalModel : IAsyncDisposable
{
    private const string Name = "The in-context model";

    private readonly ChildProcess _process;

    private LocalModel(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Base address, ending in /v1.</summary>
    public Uri Address { get; }

    /// <summary>
    /// The regression <paramref name="name"/> of <see cref="StandInModels"/> as a model to ask. What it answers costs nothing and
    /// changes with the code: it is asked anew each time, without a ledger.
    /// </summary>
    public EndpointModel Model(string name, decimal? mostUsd, TimeProvider time) =>
        new(new LlmOptions { Endpoint = $"{Address}", Model = name, Price = new PriceOptions() }, null, mostUsd, time);

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="StackException">It is not built, or does not start.</exception>
    public static async Task<LocalModel> StartAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var assembly = BuildOutput.Find(Name, workspace.Root, "local/InContextModel", "HsNas.Local.InContextModel");
        var port = StackPorts.Find(customary: false).Model;
        var process = ChildProcess.Start(Name, "dotnet", [assembly], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["Logging__LogLevel__Default"] = "Error",
        });
        try
        {
            await process.ListensAsync(port, cancellationToken);
            return new LocalModel(process, new Uri($"http://127.0.0.1:{port}/v1"));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

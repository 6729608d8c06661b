using System.Diagnostics;
using HsNas.Cli.Hosting;
using HsNas.Evaluation.InContext;
using HsNas.Llm;
using HsNas.Local.Stack;

namespace HsNas.Cli.Predictors;

/// <summary>The in-context regressions as a process of their own, for as long as a command runs.</summary>
internal sealed class LocalModel : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private LocalModel(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Base address, ending in /v1.</summary>
    public Uri Address { get; }

    /// <summary>
    /// The regression <paramref name="name"/> of <see cref="StandInModels"/> as a model to ask. What it answers costs nothing and
    /// changes with the code: it is asked anew each time, without a ledger.
    /// </summary>
    public EndpointModel Model(string name, decimal? mostUsd, TimeProvider time) =>
        new(new LlmOptions { Endpoint = $"{Address}", Model = name, Price = new PriceOptions() }, null, mostUsd, time);

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="CliException">It is not built, or does not start.</exception>
    public static async Task<LocalModel> StartAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var assembly = Path.Combine(workspace.Root, "local", "InContextModel", "bin", "Release", "net10.0", "HsNas.Local.InContextModel.dll");
        if (!File.Exists(assembly)) throw new CliException($"The in-context model is not built: {Workspace.Display(assembly)} does not exist. Run ./hsnas, which builds first.");
        var url = $"http://127.0.0.1:{StackPorts.Find(customary: false).Model}";
        var start = new ProcessStartInfo("dotnet", [assembly]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = url;
        start.Environment["Logging__LogLevel__Default"] = "Error";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var model = new LocalModel(process, new Uri($"{url}/v1"));
        try
        {
            await model.AnswersAsync(cancellationToken);
            return model;
        }
        catch
        {
            await model.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task AnswersAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        while (!_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"{Address}/models"), deadline.Token);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new CliException($"The in-context model does not answer at {Address}.");
            }
        }

        throw new CliException($"The in-context model ended with code {_process.ExitCode} as it started.");
    }
}

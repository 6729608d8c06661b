using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.DurableHttp;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.Azure.Functions.Worker.Triggers.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Lets the engine live as long as the host.</summary>
internal sealed class EngineHost(OrchestrationEngine engine, IHostApplicationLifetime lifetime) : IHostedService
{
    // Activities that compute without awaiting must not take the threads that requests and turns need.
    private const int ReadyThreads = 16;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, ReadyThreads), ports);
        engine.OnFault = lifetime.StopApplication;
        engine.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}

/// <summary>Fills [DurableClient] parameters.</summary>
internal sealed class DurableClientSource(IServiceProvider services) : IParameterSource
{
    public bool Handles(ParameterInfo parameter) => parameter.GetCustomAttribute<DurableClientAttribute>() is not null;

    public ValueTask<object?> BindAsync(LocalFunctionContext context, ParameterInfo parameter)
    {
        if (!parameter.ParameterType.IsAssignableFrom(typeof(DurableTaskClient)))
        {
            throw new FunctionInputConverterException($"A durable client cannot be bound to {parameter.ParameterType}.");
        }

        var engine = services.GetRequiredService<OrchestrationEngine>();
        return new(new LocalDurableTaskClient(
            engine, BaseUrl(), QueryFor(engine.Options.HubName, services.GetRequiredService<FunctionKeys>().DurableCode)));
    }

    internal static string QueryFor(string hub, string? code) =>
        $"taskHub={Uri.EscapeDataString(hub)}&connection=Storage{(code is null ? "" : $"&code={Uri.EscapeDataString(code)}")}";

    private string? BaseUrl()
    {
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (address is null)
        {
            return null;
        }

        var reachable = address
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);
        return reachable.TrimEnd('/') + ManagementUrls.Root;
    }
}

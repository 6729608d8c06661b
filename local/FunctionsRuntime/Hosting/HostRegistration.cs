using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.DurableHttp;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.Azure.Functions.Worker.Triggers;
using Microsoft.Azure.Functions.Worker.Triggers.Blob;
using Microsoft.Azure.Functions.Worker.Triggers.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Puts the parts of the host together.</summary>
internal static class HostRegistration
{
    /// <summary>Setting with the path of the SQLite file.</summary>
    internal const string StorePathKey = "DurableTask:LocalStorePath";

    private const string DefaultUrl = "http://localhost:7071";

    internal static void AddRuntime(WebApplicationBuilder web, List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        var services = web.Services;
        web.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        web.Logging.AddConfiguration(new HostSettings(web.Configuration).Logging);
        services.AddMvcCore();
        services.AddRouting();
        services.Configure<JsonSerializerOptions>(options => options.PropertyNameCaseInsensitive = true);
        services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>(
            (worker, json) => worker.Serializer ??= new JsonObjectSerializer(json.Value));

        services.AddSingleton(provider => new HostSettings(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton(provider => FunctionRegistry.Discover(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => new BindingExpressions(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<StorageClients>(provider =>
            new StorageClients(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<HostSettings>()));
        services.AddSingleton(provider =>
            new OutputWriter(provider.GetRequiredService<StorageClients>(), provider.GetRequiredService<BindingExpressions>()));
        services.AddSingleton<IParameterSource>(provider => new DurableClientSource(provider));
        services.AddSingleton<IParameterSource>(provider => new BlobInputSource(
            provider.GetRequiredService<StorageClients>(), provider.GetRequiredService<BindingExpressions>()));
        services.AddSingleton(provider => new FunctionInvoker(middleware, provider.GetServices<IParameterSource>()));
        services.AddSingleton(provider => new FunctionKeys(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(CreateEngine);
        services.AddHostedService(provider => new EngineHost(
            provider.GetRequiredService<OrchestrationEngine>(), provider.GetRequiredService<IHostApplicationLifetime>()));
        services.AddHostedService(provider => new TriggerHost(provider));
    }

    internal static void UseRuntime(WebApplication app, bool usesAspNetCore)
    {
        var registry = app.Services.GetRequiredService<FunctionRegistry>();
        var settings = app.Services.GetRequiredService<HostSettings>();
        var handler = new HttpTriggerHandler(
            app.Services.GetRequiredService<FunctionInvoker>(),
            app.Services.GetRequiredService<OutputWriter>(),
            app.Services.GetRequiredService<FunctionKeys>(),
            app.Services.GetRequiredService<ILogger<HttpTriggerHandler>>());
        app.UseRouting();
        DurableHttpApi.Map(app, app.Services.GetRequiredService<OrchestrationEngine>(), app.Services.GetRequiredService<FunctionKeys>());
        app.Use((http, next) => HttpTriggerHandler.HideForeignEndpoints(http, next));
        foreach (var (function, trigger) in registry.Triggered<HttpTriggerAttribute>())
        {
            if (!usesAspNetCore && function.TriggerParameter.ParameterType == typeof(HttpRequest))
            {
                throw new InvalidOperationException(
                    $"The function '{function.Name}' takes an HttpRequest; call ConfigureFunctionsWebApplication() on the builder.");
            }

            handler.Map(app, function, trigger, settings.RoutePrefix);
        }

        if (!registry.Triggered<HttpTriggerAttribute>()
            .Any(item => HttpTriggerHandler.PathOf(item.Function, item.Trigger, settings.RoutePrefix) == "/"))
        {
            app.MapGet("/", () => Results.Text("The function host is up and running."));
        }

        if (string.IsNullOrEmpty(app.Configuration["urls"])
            && string.IsNullOrEmpty(app.Configuration["http_ports"])
            && !app.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            app.Urls.Add(DefaultUrl);
        }
    }

    private static OrchestrationEngine CreateEngine(IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        var settings = provider.GetRequiredService<HostSettings>();
        var serializer = provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!;
        var options = provider.GetService<EngineOptions>() ?? new EngineOptions();
        options.HubName = settings.HubName;
        options.Converter = new SerializerDataConverter(serializer);
        options.MaxConcurrentActivities = settings.MaxConcurrentActivities ?? options.MaxConcurrentActivities;
        options.MaxConcurrentOrchestrations = settings.MaxConcurrentOrchestrations ?? options.MaxConcurrentOrchestrations;
        options.StorePath = configuration[StorePathKey] is { Length: > 0 } path ? path : Path.Combine(".durable", $"{settings.HubName}.db");
        var functions = new DurableFunctions(
            provider.GetRequiredService<FunctionRegistry>(),
            provider.GetRequiredService<FunctionInvoker>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            options.Converter);
        var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
        return new OrchestrationEngine(functions, options, time, provider.GetRequiredService<ILoggerFactory>());
    }
}

using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.Azure.Functions.Worker.Triggers.Blob;
using Microsoft.Azure.Functions.Worker.Triggers.Queue;
using Microsoft.Azure.Functions.Worker.Triggers.Timer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Triggers;

/// <summary>Keeps one listener running for each timer, queue and blob function.</summary>
internal sealed class TriggerHost(IServiceProvider services) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var registry = services.GetRequiredService<FunctionRegistry>();
        var settings = services.GetRequiredService<HostSettings>();
        var expressions = services.GetRequiredService<BindingExpressions>();
        var storage = services.GetRequiredService<StorageClients>();
        var engine = services.GetRequiredService<OrchestrationEngine>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var runner = new TriggerRunner(
            services.GetRequiredService<FunctionInvoker>(),
            services.GetRequiredService<OutputWriter>(),
            services.GetRequiredService<IServiceScopeFactory>());

        var listeners = new List<Func<CancellationToken, Task>>();
        foreach (var (function, trigger) in registry.Triggered<TimerTriggerAttribute>())
        {
            var schedule = TimerSchedule.Parse(expressions.Resolve(trigger.Schedule));
            listeners.Add(new TimerListener(function, trigger, schedule, runner, engine.Database, engine.Time, Log(function)).RunAsync);
        }

        foreach (var (function, trigger) in registry.Triggered<QueueTriggerAttribute>())
        {
            var name = expressions.Resolve(trigger.QueueName);
            var queues = (Main: storage.Queue(trigger.Connection, name), Poison: storage.Queue(trigger.Connection, $"{name}-poison"));
            listeners.Add(new QueueListener(function, queues.Main, queues.Poison, settings, runner, engine.Time, Log(function)).RunAsync);
        }

        foreach (var (function, trigger) in registry.Triggered<BlobTriggerAttribute>())
        {
            var path = new BlobPathPattern(expressions.Resolve(trigger.BlobPath));
            var container = storage.Container(trigger.Connection, path.Container);
            var poison = storage.Queue(trigger.Connection, BlobListener.PoisonQueue);
            listeners.Add(new BlobListener(function, path, container, poison, settings, runner, engine, Log(function)).RunAsync);
        }

        return Task.WhenAll(listeners.Select(listen => Task.Run(() => listen(stoppingToken), CancellationToken.None)));

        ILogger Log(FunctionDescriptor function) => loggers.CreateLogger($"Function.{function.Name}");
    }
}

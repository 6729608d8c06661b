using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Sizes of what a history carries.</summary>
public sealed class PayloadTests
{
    [Fact]
    public async Task Payloads_beyond_60_KB_of_UTF_16_are_warned_of()
    {
        var warnings = new Warnings();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(warnings));
        await using var engine = new EngineUnderTest(
            new TestFunctions()
                .Activity<int>("Much", length => new string('x', length))
                .Orchestrator("Carry", async context => (await context.CallActivityAsync<string>("Much", context.GetInput<int>())).Length),
            loggers: loggers);

        await engine.RunAsync("Carry", (30 * 1024) - 2); // and two quotes: 61,440 bytes
        Assert.Empty(warnings.Texts);
        await engine.RunAsync("Carry", (30 * 1024) - 1);
        Assert.Matches("^Carry .* TaskCompleted .* is 61442 bytes .* pass a reference instead$", Assert.Single(warnings.Texts));
    }

    [Fact]
    public async Task A_custom_status_is_visible_while_running_and_limited_to_16_KB_of_UTF_16()
    {
        await using var engine = new EngineUnderTest(TestFunctions.Waiting()
            .Orchestrator("Status", async context =>
            {
                context.SetCustomStatus(new { step = 1 });
                await context.WaitForExternalEvent<string>("go");
                context.SetCustomStatus(new string('x', 8190)); // and two quotes: 16,384 bytes
                return null;
            })
            .Orchestrator("Much", context =>
            {
                context.SetCustomStatus(new string('x', 8191));
                return Task.FromResult<object?>(null);
            }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Status");
        var running = await engine.UntilAsync(id, instance => instance.CustomStatus is not null);
        Assert.Equal("""{"step":1}""", running.CustomStatus);
        await engine.Client.RaiseEventAsync(id, "go", "x");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.CompletionAsync(id)).RuntimeStatus);
        Assert.Equal("System.ArgumentException", (await engine.RunAsync("Much")).FailureDetails!.ErrorType);
    }

    private sealed class Warnings : ILoggerProvider, ILogger
    {
        internal System.Collections.Concurrent.ConcurrentQueue<string> Texts { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Texts.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}

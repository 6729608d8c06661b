using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;

namespace HsNas.FunctionsRuntime.Tests.Hosting;

/// <summary>
/// Exceptions reach middleware and orchestrations as on the official worker: DefaultFunctionInvoker and the method invokers of
/// azure-functions-dotnet-worker for classes that are not public, the generated executor for public ones.
/// </summary>
public sealed class WrappingTests
{
    [Theory]
    [InlineData("PublicLate", "FormatException")]
    [InlineData("PublicPlainEarly", "FormatException")]
    [InlineData("PublicCancelled", "OperationCanceledException")]
    [InlineData("InternalLate", "AggregateException(FormatException)")]
    [InlineData("InternalPlainLate", "AggregateException(FormatException)")]
    [InlineData("InternalPlainEarly", "AggregateException(FormatException)")]
    [InlineData("InternalEarly", "FormatException")]
    [InlineData("InternalNoTask", "FormatException")]
    [InlineData("InternalCancelled", "AggregateException(TaskCanceledException)")]
    [InlineData("InternalFine", "")]
    public async Task Middleware_sees_what_the_official_worker_would_show_it(string function, string expected)
    {
        var (seen, answer) = await SeenAsync(async host =>
        {
            using var response = await host.Http.GetAsync($"/api/{function}");
            return await response.Content.ReadAsStringAsync();
        });

        var inner = seen is AggregateException all ? $"({all.InnerExceptions.Single().GetType().Name})" : "";
        Assert.Equal(expected, seen?.GetType().Name + inner);
        Assert.Equal(expected.Length == 0 ? "fine" : "", answer);
    }

    [Theory]
    [InlineData("PublicActivity", "System.FormatException", "System.IO.IOException")]
    [InlineData("InternalActivity", "System.AggregateException", "System.FormatException")]
    public async Task Middleware_sees_a_failed_activity_as_json(string activity, string type, string inner)
    {
        var (seen, _) = await SeenAsync(host => EndAsync(host, activity.Replace("Activity", "Task", StringComparison.Ordinal)));

        Assert.Equal("DurableSerializationException", seen!.GetType().Name);
        Assert.Equal(inner, seen.InnerException!.GetType().FullName);
        using var written = JsonDocument.Parse(seen.Message);
        Assert.Equal(type, written.RootElement.GetProperty("errorType").GetString());
        Assert.Equal(inner, written.RootElement.GetProperty("innerFailure").GetProperty("errorType").GetString());
        Assert.Equal(seen.Message, seen.ToString());
    }

    [Theory]
    [InlineData("PublicOwn", "System.FormatException < System.IO.IOException")]
    [InlineData("InternalOwn", "System.AggregateException < System.FormatException < System.IO.IOException")]
    [InlineData("PublicTask", "Microsoft.DurableTask.TaskFailedException < System.FormatException < System.IO.IOException")]
    [InlineData("InternalTask", "System.AggregateException < Microsoft.DurableTask.TaskFailedException")]
    public async Task Failure_details_of_an_orchestration_hold_the_wrapping(string orchestrator, string expected)
    {
        await using var host = await HostUnderTest.StartAsync([typeof(PublicThrower), typeof(InternalThrower)]);

        var end = await EndAsync(host, orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        var types = new List<string>();
        for (var link = end.FailureDetails; link is not null; link = link.InnerFailure) types.Add(link.ErrorType);
        Assert.Equal(expected, string.Join(" < ", types));
    }

    [Theory]
    [InlineData("PublicActivity", "System.FormatException < System.IO.IOException")]
    [InlineData("InternalActivity", "System.AggregateException < System.FormatException")]
    public async Task A_retry_policy_is_asked_about_the_outermost_failure_of_an_activity(string activity, string expected)
    {
        await using var host = await HostUnderTest.StartAsync([typeof(PublicThrower), typeof(InternalThrower), typeof(Asker)]);

        var end = await EndAsync(host, "Ask", activity);

        Assert.Equal(expected, end.ReadOutputAs<string>());
    }

    [Fact]
    public void A_value_task_in_a_class_that_is_not_public_is_refused()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => new FunctionRegistry([typeof(InternalValueTask)]));

        Assert.Contains("ValueTask", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("PublicValue", new FunctionRegistry([typeof(PublicThrower)]).Activities.Keys);
    }

    private static async Task<OrchestrationMetadata> EndAsync(HostUnderTest host, string orchestrator, string? input = null)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    private static async Task<(Exception? Seen, T Result)> SeenAsync<T>(Func<HostUnderTest, Task<T>> use)
    {
        Exception? seen = null;
        Type[] functions = [typeof(PublicThrower), typeof(InternalThrower)];
        await using var host = await HostUnderTest.StartAsync(functions, builder => builder.UseMiddleware(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (Exception failure) when (!IsOrchestrator(context))
            {
                seen = failure;
                throw;
            }
        }));
        var result = await use(host);
        return (seen, result);
    }

    private static bool IsOrchestrator(FunctionContext context) =>
        context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "orchestrationTrigger");

    private static class Asker
    {
        [Function("Ask")]
        public static async Task<string> Ask([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var seen = "";
            var policy = new RetryPolicy(3, TimeSpan.FromMilliseconds(10))
            {
                HandleFailure = failure =>
                {
                    seen = $"{failure.ErrorType} < {failure.InnerFailure?.ErrorType}";
                    return false;
                },
            };
            try
            {
                await context.CallActivityAsync<string>(context.GetInput<string>()!, "", TaskOptions.FromRetryPolicy(policy));
            }
            catch (TaskFailedException)
            {
                return seen;
            }

            return "passed";
        }
    }
}

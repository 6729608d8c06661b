using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker
{
    public static class FunctionContextExtensions
    {
        public static HttpContext? GetHttpContext(this FunctionContext context) =>
            context.Items.TryGetValue(Triggers.Http.HttpTriggerHandler.HttpContextKey, out var value) ? value as HttpContext : null;
    }

    public static class FunctionContextLoggerExtensions
    {
        public static ILogger<T> GetLogger<T>(this FunctionContext context) =>
            context.InstanceServices.GetRequiredService<ILogger<T>>();

        public static ILogger GetLogger(this FunctionContext context, string categoryName) =>
            context.InstanceServices.GetRequiredService<ILoggerFactory>().CreateLogger(categoryName);
    }

    public static class FunctionContextHttpRequestExtensions
    {
        public static ValueTask<HttpRequestData?> GetHttpRequestDataAsync(this FunctionContext context) =>
            new(Triggers.Http.AspNetCoreHttpRequestData.For(context));

        public static HttpResponseData? GetHttpResponseData(this FunctionContext context) =>
            context.GetInvocationResult().Value as HttpResponseData;
    }

    public static class FunctionContextBindingFeatureExtensions
    {
        public static InvocationResult GetInvocationResult(this FunctionContext context) =>
            new Hosting.ContextResult<object>(context).Untyped();

        public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) => new Hosting.ContextResult<T>(context);
    }

    public abstract class InvocationResult<T>
    {
        public abstract T? Value { get; set; }
    }

    public abstract class InvocationResult : InvocationResult<object>
    {
    }
}

namespace Microsoft.Extensions.Logging
{
    public static class FunctionsLoggerExtensions
    {
        public static void LogMetric(this ILogger logger, string name, double value, IDictionary<string, object>? properties = null)
        {
            ArgumentNullException.ThrowIfNull(logger);
            var state =
                new Dictionary<string, object>(properties ?? new Dictionary<string, object>(StringComparer.Ordinal), StringComparer.Ordinal)
            {
                ["Name"] = name,
                ["Value"] = value,
            };
            logger.Log(LogLevel.Information, new EventId(1, "Metric"), state, null, (_, _) => $"{name} = {value}");
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Triggers.Http;

/// <summary>Serves the HTTP-triggered functions.</summary>
internal sealed class HttpTriggerHandler(
    FunctionInvoker invoker, OutputWriter outputs, FunctionKeys keys, ILogger<HttpTriggerHandler> logger)
{
    internal const string HttpContextKey = "HttpRequestContext";

    internal void Map(IEndpointRouteBuilder routes, FunctionDescriptor function, HttpTriggerAttribute trigger, string prefix)
    {
        var path = PathOf(function, trigger, prefix);
        Task Handle(HttpContext http) => HandleAsync(http, function, trigger.AuthLevel);
        _ = trigger.Methods is { Length: > 0 } methods ? routes.MapMethods(path, methods, Handle) : routes.Map(path, Handle);
    }

    internal static string PathOf(FunctionDescriptor function, HttpTriggerAttribute trigger, string prefix) =>
        $"/{prefix.Trim('/')}/{(trigger.Route ?? function.Name).TrimStart('/')}".Replace("//", "/", StringComparison.Ordinal);

    /// <summary>The host answers 404, not 405, to a known route with another method.</summary>
    internal static Task HideForeignEndpoints(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is RouteEndpoint or null)
        {
            return next(http);
        }

        http.SetEndpoint(null);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task HandleAsync(HttpContext http, FunctionDescriptor function, AuthorizationLevel level)
    {
        if (!keys.Admits(http.Request, level, function.Name))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var context = new LocalFunctionContext(function, http.RequestServices, new HttpTriggerData(http), http.RequestAborted);
        context.Items[HttpContextKey] = http;
        try
        {
            var result = await invoker.InvokeAsync(context);
            await outputs.WriteAsync(context, result);
            await RespondAsync(http, function, HttpResultOf(function, result));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("The caller of {Function} went away", function.Name);
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            logger.LogError(failure, "The function {Function} failed", function.Name);
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task RespondAsync(HttpContext http, FunctionDescriptor function, object? result)
    {
        switch (result)
        {
            case IActionResult action:
                await action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                break;
            case IResult plain:
                await plain.ExecuteAsync(http);
                break;
            case null or HttpResponseData:
                break;
            default:
                logger.LogWarning(
                    "{Function} returned a {Type}, which is no HTTP result; the response stays empty", function.Name, result.GetType());
                break;
        }
    }

    private static object? HttpResultOf(FunctionDescriptor function, object? result)
    {
        var output = OutputBinding.Of(function.Method).FirstOrDefault(binding => binding.Attribute is HttpResultAttribute);
        return output is null ? result : output.Take(result);
    }

    private sealed class HttpTriggerData(HttpContext http) : TriggerData
    {
        internal override IReadOnlyDictionary<string, object?> BindingData { get; } = Values(http);

        internal override async ValueTask<object?> ConvertAsync(LocalFunctionContext context, Type target)
        {
            if (target == typeof(HttpRequest))
            {
                return http.Request;
            }

            if (target == typeof(HttpRequestData))
            {
                return AspNetCoreHttpRequestData.For(context);
            }

            if (target == typeof(string))
            {
                using var reader = new StreamReader(http.Request.Body, leaveOpen: true);
                return await reader.ReadToEndAsync(http.RequestAborted);
            }

            var serializer = HttpResponseDataExtensions.SerializerOf(context);
            return await serializer.DeserializeAsync(http.Request.Body, target, http.RequestAborted);
        }

        private static Dictionary<string, object?> Values(HttpContext http)
        {
            var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in http.Request.Query)
            {
                values[name] = value.ToString();
            }

            foreach (var (name, value) in http.Request.RouteValues)
            {
                values[name] = value;
            }

            return values;
        }
    }
}

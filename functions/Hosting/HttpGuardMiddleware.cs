using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Hosting;

/// <summary>
/// Around every HTTP function: security headers on each answer, 429 where a caller asks too often, and a named fault where the
/// function fails: 503 where storage does not answer, 500 without particulars else. Other functions pass untouched.
/// </summary>
internal sealed class HttpGuardMiddleware(RequestRates rates, ILogger<HttpGuardMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is { } http ? GuardAsync(context, http, next) : next(context);

    private async Task GuardAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        SecurityHeaders.AddTo(http.Response);
        if (rates.Refusal(http.Request) is { } wait)
        {
            context.GetInvocationResult().Value = Problems.TooMany(http.Response, wait);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (e.Unwrapped() is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            context.GetInvocationResult().Value = Answer(context, http, e.Unwrapped());
        }
    }

    private IResult Answer(FunctionContext context, HttpContext http, Exception cause)
    {
        if (cause is BadHttpRequestException bad) return Problems.Unreadable(bad);
        if (IsStorage(cause))
        {
            logger.LogWarning(cause, "{Function} cannot reach storage", context.FunctionDefinition.Name);
            return Problems.StorageDown(http.Response);
        }

        logger.LogError(cause, "{Function} failed", context.FunctionDefinition.Name);
        return Problems.Defect(context.InvocationId);
    }

    // The storage SDK gathers the failures of all its attempts.
    private static bool IsStorage(Exception cause) =>
        cause is RequestFailedException
            or AggregateException { InnerException: RequestFailedException or HttpRequestException or IOException };
}

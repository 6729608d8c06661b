using HsNas.Contracts;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Hosting;

/// <summary>Answer of <c>GET /api/health</c>.</summary>
/// <param name="Status">"ok" or "unavailable".</param>
public sealed record HealthStatus(string Status);

/// <summary>Whether the app can work, for load balancers and probes.</summary>
public sealed class HealthTrigger(IArtifactStore store, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>GET /api/health, without a key: 200 if storage answers within three seconds, else 503; no details.</summary>
    [Function("Health")]
    [Operation("Tells whether the app can work.")]
    [Answer(StatusCodes.Status200OK, "It can.", Body = typeof(HealthStatus))]
    [Answer(StatusCodes.Status503ServiceUnavailable, "Storage does not answer within three seconds.", Body = typeof(HealthStatus))]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await store.ExistsAsync(BlobLayout.HealthProbe, both.Token);
            return Answer("ok", StatusCodes.Status200OK);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return Answer("unavailable", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Answer(string status, int code) => Results.Json(new HealthStatus(status), Json.Options, statusCode: code);
}

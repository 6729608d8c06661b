using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting;

/// <summary>
/// Token buckets, one for each function key and kind of request. The host has checked the key by then, so keys are few;
/// where no key is checked (local development, anonymous functions), callers share one bucket.
/// </summary>
internal sealed class RequestRates(RateLimitOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpRequest> _limiter = PartitionedRateLimiter.Create<HttpRequest, (
        bool Reads,
        string Caller)>(request =>
    {
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        return RateLimitPartition.GetTokenBucketLimiter((Reads: reads, Caller(request)), partition => partition.Reads
            ? Bucket(options.ReadBurst, options.ReadsPerMinute)
            : Bucket(options.WriteBurst, options.WritesPerMinute));
    });

    /// <summary>Null where the request may go on; else how long its caller should wait.</summary>
    public TimeSpan? Refusal(HttpRequest request)
    {
        using var lease = _limiter.AttemptAcquire(request);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    // A bucket gets its tokens one by one, so that nobody waits longer than needed.
    private static TokenBucketRateLimiterOptions Bucket(int burst, int perMinute) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
        QueueLimit = 0,
        AutoReplenishment = true,
    };

    // Hashed, so that no key stays in memory; a few thousand partitions at most, whatever is sent where keys are not checked.
    private static string Caller(HttpRequest request)
    {
        var key = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        return key.Length == 0 ? "" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 2));
    }
}

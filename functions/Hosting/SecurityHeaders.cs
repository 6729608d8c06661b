using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting;

/// <summary>What browsers are told about every answer of ours.</summary>
internal static class SecurityHeaders
{
    // The report is one page with its own styles and drawings: no script, no request to anywhere, in nobody's frame.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Adds them.</summary>
    public static void AddTo(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        // Addresses may hold a key (?code=): they must not reach the pages that an answer links to, nor any cache.
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}

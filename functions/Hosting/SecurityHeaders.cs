using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting;

/// <summary>What browsers are told about every answer of ours.</summary>
internal static class SecurityHeaders
{
    // The report is one page with its own styles and drawings: no script, no request to anywhere, in nobody's frame.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The dashboard: scripts, styles and requests of this app only, nothing inline, in nobody's frame.
    private const string OwnPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    /// <summary>Lets a page use the app's own script, style sheet and interface.</summary>
    public static void AllowOwn(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = OwnPolicy;
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

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

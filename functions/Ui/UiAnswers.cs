using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HsNas.Dashboard;
using HsNas.Functions.Hosting;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Ui;

/// <summary>Answers with pages and parts of them: small where nothing changed, compressed where the browser can read that.</summary>
internal static class UiAnswers
{
    private const int Worthwhile = 1024;

    // A page is made by both assemblies: one of another build is another page.
    private static readonly string Build = $"{VersionOf(typeof(UiAnswers))}{VersionOf(typeof(PageRenderer))}";

    /// <summary>
    /// 304 where the caller has what <paramref name="shown"/> says, without rendering it again; otherwise 200 with the page.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="shown">Everything that the page depends on.</param>
    /// <param name="render">Makes the page.</param>
    public static async Task<IResult> FragmentAsync(HttpRequest request, object shown, Func<Task<string>> render)
    {
        var tag = TagOf(JsonSerializer.SerializeToUtf8Bytes(shown, Json.Options));
        SecurityHeaders.AllowOwn(request.HttpContext.Response);
        return Known(request, tag) ?? Answer(request, await render(), "text/html; charset=utf-8");
    }

    /// <summary>200 with a text of the app itself, or 304.</summary>
    public static IResult Own(HttpRequest request, string text, string contentType)
    {
        SecurityHeaders.AllowOwn(request.HttpContext.Response);
        // It holds no data; asking each time whether it has changed lets a new version show at once.
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return Known(request, TagOf(Encoding.UTF8.GetBytes(text))) ?? Answer(request, text, contentType);
    }

    private static string VersionOf(Type type) => type.Assembly.ManifestModule.ModuleVersionId.ToString("N");

    private static string TagOf(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Build));
        hash.AppendData(content);
        return $"\"{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12))}\"";
    }

    private static IResult? Known(HttpRequest request, string tag)
    {
        request.HttpContext.Response.Headers.ETag = tag;
        return request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal)
            ? Results.StatusCode(StatusCodes.Status304NotModified) : null;
    }

    private static IResult Answer(HttpRequest request, string text, string contentType)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var headers = request.HttpContext.Response.Headers;
        headers.Vary = "Accept-Encoding";
        if (bytes.Length < Worthwhile || !request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase))
            return Results.Bytes(bytes, contentType);
        headers.ContentEncoding = "br";
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(bytes);
        return Results.Bytes(packed.ToArray(), contentType);
    }
}

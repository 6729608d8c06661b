using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker.Http;

namespace Microsoft.Azure.Functions.Worker.Triggers.Http;

/// <summary>The worker's own request type over the real request.</summary>
internal sealed class AspNetCoreHttpRequestData : HttpRequestData
{
    private readonly HttpRequest request;

    private AspNetCoreHttpRequestData(FunctionContext context, HttpRequest request)
        : base(context)
    {
        this.request = request;
        Headers = new HttpHeadersCollection(request.Headers.Select(
            header => KeyValuePair.Create(header.Key, header.Value.Select(value => value ?? string.Empty))));
        Cookies = request.Cookies.Select(cookie => (IHttpCookie)new HttpCookie(cookie.Key, cookie.Value)).ToList();
    }

    public override Stream Body => request.Body;

    public override HttpHeadersCollection Headers { get; }

    public override IReadOnlyCollection<IHttpCookie> Cookies { get; }

    public override Uri Url => new(request.GetEncodedUrl());

    public override IEnumerable<ClaimsIdentity> Identities => request.HttpContext.User.Identities;

    public override string Method => request.Method;

    public override HttpResponseData CreateResponse() => new AspNetCoreHttpResponseData(FunctionContext, request.HttpContext.Response);

    internal static HttpRequestData? For(FunctionContext context)
    {
        if (context.Features.Get<HttpRequestData>() is { } known)
        {
            return known;
        }

        if (context.GetHttpContext() is not { } http)
        {
            return null;
        }

        HttpRequestData data = new AspNetCoreHttpRequestData(context, http.Request);
        context.Features.Set(data);
        return data;
    }
}

/// <summary>Writes straight into the real response.</summary>
internal sealed class AspNetCoreHttpResponseData : HttpResponseData
{
    private readonly HttpResponse response;

    internal AspNetCoreHttpResponseData(FunctionContext context, HttpResponse response)
        : base(context)
    {
        this.response = response;
        response.OnStarting(() =>
        {
            foreach (var (name, values) in Headers)
            {
                response.Headers[name] = values.ToArray();
            }

            return Task.CompletedTask;
        });
        Cookies = new ResponseCookies(response);
    }

    public override HttpStatusCode StatusCode
    {
        get => (HttpStatusCode)response.StatusCode;
        set => response.StatusCode = (int)value;
    }

    public override HttpHeadersCollection Headers { get; set; } = new();

    public override Stream Body
    {
        get => response.Body;
        set => response.Body = value;
    }

    public override HttpCookies Cookies { get; }

    private sealed class ResponseCookies(HttpResponse response) : HttpCookies
    {
        public override void Append(string name, string value) => response.Cookies.Append(name, value);

        public override void Append(IHttpCookie cookie) => response.Cookies.Append(cookie.Name, cookie.Value, new CookieOptions
        {
            Domain = cookie.Domain,
            Path = cookie.Path ?? "/",
            Expires = cookie.Expires,
            HttpOnly = cookie.HttpOnly ?? false,
            Secure = cookie.Secure ?? false,
            MaxAge = cookie.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            SameSite = cookie.SameSite switch
            {
                SameSite.Lax => SameSiteMode.Lax,
                SameSite.Strict => SameSiteMode.Strict,
                SameSite.ExplicitNone => SameSiteMode.None,
                _ => SameSiteMode.Unspecified,
            },
        });

        public override IHttpCookie CreateNew() => new HttpCookie(string.Empty, string.Empty);
    }
}

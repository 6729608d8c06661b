using System.Text.Json;

namespace HsNas.Local.InContextModel;

/// <summary>The server: two routes, and errors of the official form for everything else.</summary>
internal static class ModelServer
{
    /// <summary>A server that is set up, not started.</summary>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RegressionCache>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        var app = builder.Build();
        app.Use(ErrorsAsync);
        app.MapGet("/v1/models", ChatEndpoint.ListModels);
        app.MapPost("/v1/chat/completions", ChatEndpoint.CompleteAsync);
        app.MapFallback((HttpRequest request) => ChatEndpoint.UnknownUrl(request.Method, request.Path));
        return app;
    }

    // What the server refuses while a body is read, such as its length, has no form of its own.
    private static async Task ErrorsAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await ChatEndpoint.Error(e.StatusCode, e.Message, null, null).ExecuteAsync(http);
        }
    }
}

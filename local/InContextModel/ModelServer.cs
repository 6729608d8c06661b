using System.Text.Json;
using System.Text.Json.Serialization;
using HsNas.Local.InContextModel.Batches;
using HsNas.Local.InContextModel.Chat;
using HsNas.Local.InContextModel.Endpoints;
using HsNas.Local.InContextModel.Faults;
using HsNas.Local.InContextModel.Recording;

namespace HsNas.Local.InContextModel;

/// <summary>The server: the official routes, a recording beside them, and errors of the official form for everything else.</summary>
internal static class ModelServer
{
    /// <summary>A server that is set up, not started.</summary>
    /// <exception cref="InvalidOperationException">An option is out of range.</exception>
    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton((builder.Configuration.GetSection("Faults").Get<FaultOptions>() ?? new FaultOptions()).Validated());
        builder.Services.AddSingleton(builder.Configuration.GetSection("Recording").Get<RecordingOptions>() ?? new RecordingOptions());
        builder.Services.AddSingleton((builder.Configuration.GetSection("Batches").Get<BatchOptions>() ?? new BatchOptions()).Validated());
        builder.Services.AddSingleton<FaultInjector>();
        builder.Services.AddSingleton<RequestRecorder>();
        builder.Services.AddSingleton<RegressionCache>();
        builder.Services.AddSingleton<PromptCache>();
        builder.Services.AddSingleton<ChatAnswerer>();
        builder.Services.AddSingleton<BatchRunner>();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        });
        var app = builder.Build();
        app.Use(ErrorsAsync);
        app.MapGet("/v1/models", ChatEndpoint.ListModels);
        app.MapPost("/v1/chat/completions", ChatEndpoint.CompleteAsync);
        app.MapBatches();
        app.MapGet("/recording", (RequestRecorder recorder) => recorder.Counts);
        app.MapGet("/recording/requests", (RequestRecorder recorder) => recorder.Requests);
        app.MapFallback((HttpRequest request) => ChatEndpoint.UnknownUrl(request.Method, request.Path));
        return app;
    }

    // The server's own refusals while a body is read, of its length for example, are not in the official form yet.
    private static async Task ErrorsAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await ChatReply.Error(e.StatusCode, e.Message, null, null).ToResult().ExecuteAsync(http);
        }
    }
}

using Azure.Storage.Blobs;
using HsNas.Functions.Hosting;
using HsNas.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Tests.Security;

/// <summary>Functions of a public class, as the app's are, that cannot do their work.</summary>
public static class PublicGuarded
{
    /// <summary>Asks a storage account that does not answer; attempts: how often.</summary>
    [Function("PublicStorage")]
    public static Task<IResult> StorageAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "PublicStorage/{attempts}")] HttpRequest request, int attempts) =>
        Guarded.AskStorageAsync(attempts);

    /// <summary>Reads the body.</summary>
    [Function("PublicBody")]
    public static Task<IResult> BodyAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Guarded.ReadAsync(request);

    /// <summary>Has a defect.</summary>
    [Function("PublicDefect")]
    public static Task<IResult> DefectAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Guarded.BreakAsync();
}

/// <summary>The same in a class that is not public: the worker wraps what they throw.</summary>
internal static class HiddenGuarded
{
    [Function("HiddenStorage")]
    public static Task<IResult> StorageAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "HiddenStorage/{attempts}")] HttpRequest request, int attempts) =>
        Guarded.AskStorageAsync(attempts);

    [Function("HiddenBody")]
    public static Task<IResult> BodyAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Guarded.ReadAsync(request);

    [Function("HiddenDefect")]
    public static Task<IResult> DefectAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Guarded.BreakAsync();
}

internal static class Guarded
{
    // Port 9 (discard) is closed on machines of today.
    private const string Nowhere = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:9/a;";

    internal static async Task<IResult> AskStorageAsync(int attempts)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = attempts - 1, Delay = TimeSpan.FromMilliseconds(1) } };
        await new BlobArtifactStore(new BlobServiceClient(Nowhere, options)).ExistsAsync(new("searches", "any"));
        return Results.Ok();
    }

    internal static async Task<IResult> ReadAsync(HttpRequest request) =>
        Results.Text($"{(await RequestBody.TryReadAsync(request, request.HttpContext.RequestAborted))?.Length}");

    internal static async Task<IResult> BreakAsync()
    {
        await Task.Yield();
        throw new InvalidDataException("a defect");
    }
}

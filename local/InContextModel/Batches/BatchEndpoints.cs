using System.Text.Json;
using HsNas.Local.InContextModel.Chat;
using HsNas.Local.InContextModel.Recording;
using Microsoft.AspNetCore.Http.Features;

namespace HsNas.Local.InContextModel.Batches;

/// <summary>Files and batches over HTTP.</summary>
internal static class BatchEndpoints
{
    private const long LongestFile = 200L << 20;
    private const int MostListed = 100;
    private const int Listed = 20;

    /// <summary>Adds the routes.</summary>
    public static void MapBatches(this WebApplication app)
    {
        app.MapPost("/v1/files", UploadAsync);
        app.MapGet("/v1/files/{id}", (string id, BatchRunner runner) =>
            runner.TryGetFile(id) is { } file ? Results.Json(file.File, ChatReply.Form) : NoFile(id));
        app.MapGet("/v1/files/{id}/content", (string id, BatchRunner runner) =>
            runner.TryGetFile(id) is { } file ? Results.Bytes(file.Content, "application/octet-stream") : NoFile(id));
        app.MapPost("/v1/batches", CreateAsync);
        app.MapGet("/v1/batches", List);
        app.MapGet("/v1/batches/{id}", (string id, BatchRunner runner) =>
            runner.TryGet(id) is { } batch ? Results.Json(batch, ChatReply.Form) : NoBatch(id));
    }

    private static async Task<IResult> UploadAsync(HttpContext http, BatchRunner runner)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LongestFile;
        if (!http.Request.HasFormContentType) return Fault("The body must be multipart/form-data with purpose and file.", "file");
        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = LongestFile }, http.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            return Fault($"The form cannot be read: {e.Message}", "file");
        }

        if (form["purpose"] is not ["batch"]) return Fault("The only purpose here is batch.", "purpose");
        if (form.Files.GetFile("file") is not { } file) return Fault("A file is required.", "file");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, http.RequestAborted);
        return Results.Json(runner.AddFile(content.ToArray(), file.FileName, "batch"), ChatReply.Form);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, BatchRunner runner)
    {
        BatchRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync<BatchRequest>(http.Request.Body, ChatReply.Form, http.RequestAborted);
        }
        catch (JsonException e)
        {
            return Fault($"The body could not be read as a JSON request: {e.Message}", null);
        }

        if (request?.InputFileId is not { } file || runner.TryGetFile(file) is null)
            return Fault("input_file_id must name an uploaded file.", "input_file_id");
        if (request.Endpoint != BatchRunner.Endpoint) return Fault($"The only endpoint here is {BatchRunner.Endpoint}.", "endpoint");
        if (request.CompletionWindow != "24h") return Fault("completion_window must be 24h.", "completion_window");
        return Results.Json(runner.Start(request, RequestRecorder.Credential(http.Request)), ChatReply.Form);
    }

    private static IResult List(BatchRunner runner, string? after, int? limit)
    {
        if (limit is < 1 or > MostListed) return Fault($"limit must be 1 to {MostListed}.", "limit");
        var rest = runner.Batches.Where(b => after is null || string.CompareOrdinal(b.Id, after) < 0).ToList();
        var page = rest.Take(limit ?? Listed).ToList();
        return Results.Json(
            new BatchList("list", page, page.Count < rest.Count, page.FirstOrDefault()?.Id, page.LastOrDefault()?.Id), ChatReply.Form);
    }

    private static IResult Fault(string message, string? parameter) => ChatReply.Error(400, message, parameter, "invalid_value").ToResult();

    private static IResult NoFile(string id) => ChatReply.Error(404, $"No such File object: {id}", "id", null).ToResult();

    private static IResult NoBatch(string id) => ChatReply.Error(404, $"No batch found with id '{id}'.", null, null).ToResult();
}

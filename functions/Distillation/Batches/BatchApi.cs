using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Llm;
using HsNas.Llm.Asking;
using OpenAI;
using OpenAI.Batch;
using OpenAI.Files;

namespace HsNas.Functions.Distillation.Batches;

/// <summary>
/// The provider's files and batches. Calls are made once: the activities that make them are retried as a whole, and look
/// before they create.
/// </summary>
public sealed class BatchApi(LlmOptions options, TimeProvider time)
{
    /// <summary>Why there are no batches at Azure OpenAI's deployments address.</summary>
    internal const string NoDeployments =
        "Llm__ApiVersion chooses Azure OpenAI's deployments address, whose package offers no batches: "
        + "set Redistillation__Batch=false, or leave Llm__ApiVersion unset for the v1 address.";

    private const string Endpoint = "/v1/chat/completions";
    private const string MetadataName = "fingerprint";
    private const int PageSize = 100;

    private readonly Lazy<OpenAIClient> _client = new(() => LlmClients.Create(options));

    /// <summary>Uploads questions, a line each, and returns the file's id.</summary>
    /// <exception cref="LabelException">The endpoint takes no files.</exception>
    public Task<string> UploadAsync(Stream lines, string name, CancellationToken cancellationToken) => CallAsync(async token =>
    {
        OpenAIFile file = await _client.Value.GetOpenAIFileClient().UploadFileAsync(lines, name, FileUploadPurpose.Batch, token);
        return file.Id;
    }, cancellationToken);

    /// <summary>Creates a batch that <see cref="TryFindAsync"/> finds by <paramref name="fingerprint"/>.</summary>
    /// <exception cref="LabelException">The endpoint takes no batches.</exception>
    public Task<BatchState> CreateAsync(string fileId, string fingerprint, CancellationToken cancellationToken) => CallAsync(async token =>
    {
        var body = new JsonObject
        {
            ["input_file_id"] = fileId,
            ["endpoint"] = Endpoint,
            ["completion_window"] = "24h",
            ["metadata"] = new JsonObject { [MetadataName] = fingerprint },
        };
        using var content = BinaryContent.Create(BinaryData.FromString(body.ToJsonString()));
        var operation = await Batches.CreateBatchAsync(
            content, waitUntilCompleted: false, new RequestOptions { CancellationToken = token });
        return Read(operation.GetRawResponse());
    }, cancellationToken);

    /// <summary>State of a batch.</summary>
    public Task<BatchState> GetAsync(string id, CancellationToken cancellationToken) => CallAsync(async token =>
        Read((await Batches.GetBatchAsync(id, new RequestOptions { CancellationToken = token })).GetRawResponse()), cancellationToken);

    /// <summary>The batch of that fingerprint among those not older than <paramref name="since"/>; null where there is none.</summary>
    /// <exception cref="LabelException">The endpoint takes no batches.</exception>
    public Task<BatchState?> TryFindAsync(string fingerprint, DateTimeOffset since, CancellationToken cancellationToken) =>
        CallAsync(async token =>
    {
        await foreach (var page in Batches.GetBatchesAsync(null, PageSize, new RequestOptions { CancellationToken = token })
            .GetRawPagesAsync())
        {
            using var document = JsonDocument.Parse(page.GetRawResponse().Content);
            var batches = document.RootElement.GetProperty("data").EnumerateArray().Select(BatchState.Read).ToList();
            if (batches.Find(b => b.Fingerprint == fingerprint) is { } found) return found;
            // Newest come first.
            if (batches.Count == 0 || batches[^1].CreatedAt < since) break;
        }

        return null;
    }, cancellationToken);

    /// <summary>The lines of a file.</summary>
    public Task<IReadOnlyList<string>> LinesAsync(string fileId, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<string>>(async token =>
    {
        BinaryData content = await _client.Value.GetOpenAIFileClient().DownloadFileAsync(fileId, token);
        return Encoding.UTF8.GetString(content.ToMemory().Span)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }, cancellationToken);

#pragma warning disable OPENAI001 // Under evaluation since it appeared; only its protocol methods are used, which are the HTTP interface.
    private BatchClient Batches => _client.Value.GetBatchClient();
#pragma warning restore OPENAI001

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (options.ApiVersion.Length > 0) throw new LabelException(NoDeployments);
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await call(both.Token);
        }
        catch (ClientResultException e) when (e.Status is 404 or 405 or 501)
        {
            throw new LabelException(
                $"The endpoint refuses files or batches ({e.Status}); set Redistillation__Batch=false where it has none. It says: "
                    + $"{e.Message}");
        }
    }

    private static BatchState Read(PipelineResponse response)
    {
        using var document = JsonDocument.Parse(response.Content);
        return BatchState.Read(document.RootElement);
    }
}

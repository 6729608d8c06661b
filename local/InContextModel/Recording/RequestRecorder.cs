using System.Collections.Concurrent;
using HsNas.Local.InContextModel.Chat;
using HsNas.Local.InContextModel.Faults;

namespace HsNas.Local.InContextModel.Recording;

/// <summary>One request as it was answered.</summary>
/// <param name="PromptHash">Hash of the prompt, as the client's ledger has it; empty where there was none.</param>
/// <param name="Path">Path of the request.</param>
/// <param name="Credential">"bearer", "api-key" or "none"; never the credential itself.</param>
/// <param name="Status">HTTP status answered.</param>
/// <param name="Fault">The fault put in.</param>
/// <param name="PromptTokens">As answered; 0 without an answer.</param>
/// <param name="CachedTokens">As answered.</param>
/// <param name="CompletionTokens">As answered.</param>
internal sealed record RecordedRequest(
    string PromptHash, string Path, string Credential, int Status, FaultKind Fault, int PromptTokens, int CachedTokens,
    int CompletionTokens);

/// <summary>
/// Counts what was asked and answered (GET /recording); with option <c>Recording:Requests</c> it also keeps every request
/// (GET /recording/requests), so that a test can compare them with a client's ledger.
/// </summary>
internal sealed class RequestRecorder(RecordingOptions options)
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentDictionary<FaultKind, int> _kinds = new();

    /// <summary>Requests kept, oldest first.</summary>
    public IReadOnlyCollection<RecordedRequest> Requests => [.. _requests];

    /// <summary>Requests by the fault they met, "none" among them.</summary>
    public IReadOnlyDictionary<string, int> Counts =>
        Enum.GetValues<FaultKind>().ToDictionary(k => k.ToString(), k => _kinds.GetValueOrDefault(k), StringComparer.Ordinal);

    /// <summary>Adds a request that is about to be answered.</summary>
    public void Add(HttpRequest http, ChatReply reply) => Add(http.Path, Credential(http), reply);

    /// <summary>Adds a question of a batch, as if it had come by itself.</summary>
    public void Add(string path, string credential, ChatReply reply)
    {
        _kinds.AddOrUpdate(reply.Fault, 1, (_, n) => n + 1);
        if (!options.Requests) return;
        var usage = reply.Completion?.Usage;
        _requests.Enqueue(new RecordedRequest(reply.PromptHash, path, credential, reply.Status, reply.Fault,
            usage?.PromptTokens ?? 0, usage?.PromptTokensDetails.CachedTokens ?? 0, usage?.CompletionTokens ?? 0));
    }

    /// <summary>The kind of credential that a request carries.</summary>
    public static string Credential(HttpRequest http) =>
        http.Headers.ContainsKey("api-key") ? "api-key"
            : http.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.Ordinal) ? "bearer" : "none";
}

/// <summary>What is recorded, from configuration section "Recording".</summary>
internal sealed record RecordingOptions
{
    /// <summary>Keep every request in memory; for tests, since it grows for ever.</summary>
    public bool Requests { get; init; }
}

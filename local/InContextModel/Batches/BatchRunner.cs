using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using HsNas.Local.InContextModel.Chat;
using HsNas.Local.InContextModel.Endpoints;
using HsNas.Local.InContextModel.Recording;

namespace HsNas.Local.InContextModel.Batches;

/// <summary>
/// Files and batches, in memory. Each line is answered as the chat endpoint answers it, faults included. An answer
/// with another status than 200 goes to the error file. Late answers are not late here.
/// </summary>
internal sealed class BatchRunner(ChatAnswerer answerer, RequestRecorder recorder, BatchOptions options, TimeProvider time)
{
    /// <summary>The only endpoint that batches are for.</summary>
    public const string Endpoint = "/v1/chat/completions";

    private readonly ConcurrentDictionary<string, (FileObject File, byte[] Content)> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BatchObject> _batches = new(StringComparer.Ordinal);

    /// <summary>Batches, newest first.</summary>
    public IReadOnlyList<BatchObject> Batches => [.. _batches.Values.OrderByDescending(b => b.Id, StringComparer.Ordinal)];

    /// <summary>Keeps a file.</summary>
    public FileObject AddFile(byte[] content, string name, string purpose)
    {
        var file = new FileObject($"file-{Guid.NewGuid():N}", "file", content.Length, Now, name, purpose);
        _files[file.Id] = (file, content);
        return file;
    }

    /// <summary>A file; null where there is none.</summary>
    public (FileObject File, byte[] Content)? TryGetFile(string id) => _files.TryGetValue(id, out var file) ? file : null;

    /// <summary>A batch; null where there is none.</summary>
    public BatchObject? TryGet(string id) => _batches.GetValueOrDefault(id);

    /// <summary>Begins a batch over a known file, and returns it as it stands before anything is read.</summary>
    public BatchObject Start(BatchRequest request, string credential)
    {
        // Ids ascend with time, so that they order batches created in the same second.
        var batch = new BatchObject($"batch_{Guid.CreateVersion7(time.GetUtcNow()):N}", "batch", Endpoint, request.InputFileId!,
            request.CompletionWindow!, "validating", Now)
        {
            Metadata = request.Metadata,
        };
        _batches[batch.Id] = batch;
        _ = Task.Run(() => RunAsync(batch, credential));
        return batch;
    }

    private async Task RunAsync(BatchObject batch, string credential)
    {
        var (lines, errors) = BatchLines.Read(_files[batch.InputFileId].Content);
        if (errors.Count > 0)
        {
            _batches[batch.Id] = batch with { Status = "failed", Errors = new BatchErrors("list", errors) };
            return;
        }

        batch = batch with { Status = "in_progress", RequestCounts = new BatchCounts(lines.Count, 0, 0) };
        _batches[batch.Id] = batch;
        await Task.Delay(options.Delay, time);
        var answered = Math.Min(lines.Count, options.ExpireAfter ?? lines.Count);
        List<BatchAnswer> good = [], bad = [];
        foreach (var line in lines.Take(answered))
        {
            var answer = Answer(line, credential);
            (answer.Response!.StatusCode == StatusCodes.Status200OK ? good : bad).Add(answer);
        }

        bad.AddRange(lines.Skip(answered).Select(l => new BatchAnswer(Id(), l.CustomId!, null,
            new ChatErrorLine("batch_expired", "This request could not be executed before the completion window expired."))));
        _batches[batch.Id] = batch with
        {
            Status = answered < lines.Count ? "expired" : "completed",
            OutputFileId = Write(good, $"{batch.Id}_output.jsonl"),
            ErrorFileId = Write(bad, $"{batch.Id}_error.jsonl"),
            RequestCounts = new BatchCounts(lines.Count, good.Count, bad.Count),
        };
    }

    private BatchAnswer Answer(BatchLine line, string credential)
    {
        var reply = ChatEndpoint.Reply(() => line.Body.Deserialize<ChatRequest>(ChatReply.Form), answerer);
        recorder.Add(Endpoint, credential, reply);
        return new BatchAnswer(Id(), line.CustomId!, new BatchResponse(reply.Status, Id(), reply.Body), null);
    }

    private string? Write(List<BatchAnswer> answers, string name)
    {
        if (answers.Count == 0) return null;
        var text = string.Concat(answers.Select(a => JsonSerializer.Serialize(a, ChatReply.Form) + "\n"));
        return AddFile(Encoding.UTF8.GetBytes(text), name, "batch_output").Id;
    }

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    private static string Id() => $"batch_req_{Guid.NewGuid():N}";
}

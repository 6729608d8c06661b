using HsNas.Storage;
using System.Net.Http.Headers;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HsNas.Trials.Model;

/// <summary>
/// Stands between the function app and the model and survives both. It counts what the model answered, which would be paid for,
/// whether or not the client still listened. A question counts as paid twice if its answer is in the ledger when it is asked
/// again. It counts as lost in flight if its answer was lost before it was stored.
/// </summary>
internal sealed class ModelRecorder : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _answers = new(StringComparer.Ordinal);
    private Uri? _model;
    private IArtifactStore? _store;
    private int _asked;
    private int _lostInFlight;
    private int _paidTwice;
    private int _inHand;
    private long _busySince;
    private TimeSpan _busy;

    private ModelRecorder(WebApplication app, TimeProvider time)
    {
        (_app, _time) = (app, time);
        app.Run(HandleAsync);
    }

    /// <summary>Address for clients, ending in "/v1"; it stays the same for every stack.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What was counted since the last <see cref="Front"/>.</summary>
    public ModelCounts Counts
    {
        get
        {
            lock (_lock) return new ModelCounts(_asked, _answers.Values.Sum(), _answers.Count, _lostInFlight, _paidTwice)
            {
                Busy = _busy, Keys = [.. _answers.Keys],
            };
        }
    }

    /// <summary>Starts one on a free port of this machine.</summary>
    public static async Task<ModelRecorder> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var recorder = new ModelRecorder(builder.Build(), time);
        await recorder._app.StartAsync(cancellationToken);
        recorder.Address = new Uri(recorder._app.Urls.Single() + "/v1");
        return recorder;
    }

    /// <summary>
    /// Passes questions to this model from now on, and sets the counts to zero. The answers go to the ledger of this store.
    /// Without a store the recorder cannot look into the ledger, and takes every repeated answer for lost.
    /// </summary>
    public void Front(Uri model, IArtifactStore? store)
    {
        lock (_lock)
        {
            (_model, _store, _asked, _lostInFlight, _paidTwice, _busy) = (model, store, 0, 0, 0, TimeSpan.Zero);
            _answers.Clear();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var body = buffer.ToArray();
        var key = Question.TryRead(body)?.LedgerKey();
        lock (_lock) _asked += key is null ? 0 : 1;
        var stored = key is not null && _store is not null && await IsStoredAsync(_store, key);
        try
        {
            // The client may be killed meanwhile. The answer is paid for all the same.
            var target = new UriBuilder(_model!) { Path = http.Request.Path, Query = http.Request.QueryString.Value }.Uri;
            using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), target);
            if (body.Length > 0)
                request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await AskAsync(request);
            var content = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
            if (key is not null && answer.IsSuccessStatusCode) Count(key, stored);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await http.Response.Body.WriteAsync(content, http.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // The model or the client is dead. The connection breaks, as it would without the recorder.
            http.Abort();
        }
    }

    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request)
    {
        lock (_lock)
        {
            if (_inHand++ == 0) _busySince = _time.GetTimestamp();
        }

        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, CancellationToken.None);
        }
        finally
        {
            lock (_lock)
            {
                if (--_inHand == 0) _busy += _time.GetElapsedTime(_busySince);
            }
        }
    }

    private void Count(string key, bool stored)
    {
        lock (_lock)
        {
            var before = _answers.GetValueOrDefault(key);
            _answers[key] = before + 1;
            if (before == 0) return;
            if (stored) _paidTwice++;
            else _lostInFlight++;
        }
    }

    // Storage may be down as well. The recorder then assumes the worst.
    private async Task<bool> IsStoredAsync(IArtifactStore store, string key)
    {
        for (var start = _time.GetTimestamp(); _time.GetElapsedTime(start) < Patience;)
        {
            try
            {
                return await store.ExistsAsync(BlobLayout.LedgerEntry(key));
            }
            catch (Exception e) when (StorageFailure.Is(e))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), _time);
            }
        }

        return true;
    }
}

/// <summary>What the model was asked and answered.</summary>
/// <param name="Asked">Questions that arrived.</param>
/// <param name="Answered">Answers it gave: what would be paid for.</param>
/// <param name="Distinct">Different questions among them.</param>
/// <param name="LostInFlight">Answers to questions answered before, whose earlier answer was not in the
/// ledger when they were asked.</param>
/// <param name="PaidTwice">Answers to questions whose answer was in the ledger when they were asked.</param>
public sealed record ModelCounts(int Asked, int Answered, int Distinct, int LostInFlight, int PaidTwice)
{
    /// <summary>Ledger keys of the questions answered.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>How long the model had at least one question in hand.</summary>
    public TimeSpan Busy { get; init; }
}

using System.Net.Http.Headers;

namespace HsNas.Client;

/// <summary>Requests to a function app, and what its refusals say.</summary>
internal sealed class AppConnection : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _owns;

    /// <summary>A connection to an app.</summary>
    public AppConnection(FunctionAppAddress address, HttpMessageHandler? handler)
    {
        ArgumentNullException.ThrowIfNull(address);
        _http = handler is null ? new HttpClient() : new HttpClient(handler);
        _owns = true;
        (_http.BaseAddress, _http.Timeout) = (address.Url, TimeSpan.FromSeconds(60));
        if (address.Key is not null) _http.DefaultRequestHeaders.Add("x-functions-key", address.Key);
    }

    /// <summary>The connections of <paramref name="http"/>, which names the app and stays the caller's.</summary>
    public AppConnection(HttpClient http) => _http = http;

    /// <summary>Where a browser finds a path.</summary>
    public Uri AddressOf(string path) => new(_http.BaseAddress!, path);

    /// <summary>Gets what lies at a path.</summary>
    /// <exception cref="RequestRefusedException">The app refused.</exception>
    /// <exception cref="AppUnavailableException">The app does not answer, failed, or is asked too often.</exception>
    public Task<byte[]> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, null, cancellationToken);

    /// <summary>Posts nothing to a path.</summary>
    public Task<byte[]> PostAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, null, null, cancellationToken);

    /// <summary>Posts JSON to a path, with an idempotency key where one is given.</summary>
    public async Task<byte[]> PostAsync(string path, byte[] json, string? key, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(HttpMethod.Post, path, content, key, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owns) _http.Dispose();
    }

    private async Task<byte[]> SendAsync(
        HttpMethod method, string path, HttpContent? content, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            if (answer.IsSuccessStatusCode) return body;
            var status = (int)answer.StatusCode;
            throw status is >= 500 or 429
                ? new AppUnavailableException($"The function app answered {status} to {method} {path}.")
                : new RequestRefusedException(status, Explain(status, path, System.Text.Encoding.UTF8.GetString(body)));
        }
        catch (HttpRequestException e)
        {
            throw new AppUnavailableException($"No function app answers at {_http.BaseAddress}: {e.Message}", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AppUnavailableException($"The function app at {_http.BaseAddress} did not answer in time.", e);
        }
    }

    private static Problem Explain(int status, string path, string body) => status switch
    {
        401 or 403 => new Problem("The function app wants a key", "give it with --key or HSNAS_KEY.", null),
        404 when body.Length == 0 => new Problem("Not found", path, null),
        _ => Problem.Parse(status, body),
    };
}

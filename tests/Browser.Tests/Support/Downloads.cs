namespace HsNas.Browser.Tests.Support;

/// <summary>What goes over the wire to a browser that reads brotli.</summary>
internal sealed class Downloads : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Asks the app of a stage.</summary>
    public Downloads(Stage stage)
    {
        _http = new HttpClient { BaseAddress = new Uri(stage.Address, "api/") };
        _http.DefaultRequestHeaders.Add("x-functions-key", Stage.HostKey);
        _http.DefaultRequestHeaders.Add("Accept-Encoding", "br");
    }

    /// <summary>Bytes of an answer as they are sent.</summary>
    public async Task<int> BytesAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, $"{path} is answered {(int)answer.StatusCode}.");
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

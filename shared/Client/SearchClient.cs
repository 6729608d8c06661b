using System.Globalization;
using System.Text.Json;
using HsNas.Contracts.Fronts;
using HsNas.Contracts.Requests;
using HsNas.Kernel;

namespace HsNas.Client;

/// <summary>Answer to an accepted search.</summary>
/// <param name="Id">The search.</param>
/// <param name="Links">Where to go from here.</param>
public sealed record SearchAccepted(string Id, IReadOnlyDictionary<string, string>? Links);

/// <summary>The function app's HTTP interface.</summary>
public sealed class SearchClient : IDisposable
{
    /// <summary>Members of a newer function app are skipped.</summary>
    public static readonly JsonSerializerOptions Lenient = Json.Lenient;

    private readonly AppConnection _app;

    /// <summary>A client of an app.</summary>
    /// <param name="address">Its base address and function key; no key where none is needed.</param>
    /// <param name="handler">Replaces the network in tests.</param>
    public SearchClient(FunctionAppAddress address, HttpMessageHandler? handler = null) => _app = new AppConnection(address, handler);

    /// <summary>A client over the connections of <paramref name="http"/>, which names the app and stays the caller's.</summary>
    public SearchClient(HttpClient http) => _app = new AppConnection(http);

    /// <summary>Starts a search.</summary>
    /// <param name="request">The request as JSON.</param>
    /// <param name="key">Idempotency key: the same key gives the search that it started first; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RequestRefusedException">The request is not usable.</exception>
    /// <exception cref="AppUnavailableException">The app does not answer, failed, or is asked too often.</exception>
    public async Task<SearchAccepted> SubmitAsync(byte[] request, string? key, CancellationToken cancellationToken)
    {
        var answer = await _app.PostAsync("api/searches", request, key, cancellationToken);
        return JsonSerializer.Deserialize<SearchAccepted>(answer, Lenient)!;
    }

    /// <summary>How far a search is.</summary>
    public async Task<SearchStatus> StatusAsync(string id, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<SearchStatus>(await _app.GetAsync(Path(id), cancellationToken), Lenient)!;

    /// <summary>Stops a search.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken) =>
        _app.PostAsync(Path(id, "/cancel"), cancellationToken);

    /// <summary>The finished search's result, as JSON.</summary>
    public Task<byte[]> ResultAsync(string id, CancellationToken cancellationToken) =>
        _app.GetAsync(Path(id, "/result"), cancellationToken);

    /// <summary>The finished search's report, as HTML.</summary>
    public Task<byte[]> ReportAsync(string id, CancellationToken cancellationToken) =>
        _app.GetAsync(Path(id, "/report"), cancellationToken);

    /// <summary>The whole front of a finished search with objectives.</summary>
    public async Task<Front> FrontAsync(string id, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<Front>(await _app.GetAsync(Path(id, "/front"), cancellationToken), Lenient)!;

    /// <summary>What its front says to limits.</summary>
    /// <param name="id">The search.</param>
    /// <param name="limits">By id of their constraint; one or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FrontAnswer> FrontAsync(
        string id, IReadOnlyDictionary<string, double> limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var query = limits.Select(l => string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(l.Key)}={l.Value:R}"));
        var path = Path(id, $"/front?{string.Join('&', query)}");
        return JsonSerializer.Deserialize<FrontAnswer>(await _app.GetAsync(path, cancellationToken), Lenient)!;
    }

    /// <summary>Where a browser finds the report.</summary>
    public Uri ReportAddress(string id) => _app.AddressOf(Path(id, "/report"));

    /// <inheritdoc/>
    public void Dispose() => _app.Dispose();

    private static string Path(string id, string rest = "") => $"api/searches/{Uri.EscapeDataString(id)}{rest}";
}

/// <summary>The function app does not answer, or failed; trying again may help.</summary>
public sealed class AppUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

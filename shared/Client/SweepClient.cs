using System.Text.Json;
using HsNas.Contracts.Sweeps;

namespace HsNas.Client;

/// <summary>The function app's HTTP interface of sweeps. Its methods throw what those of <see cref="SearchClient"/> do.</summary>
public sealed class SweepClient : IDisposable
{
    private readonly AppConnection _app;

    /// <summary>A client of an app.</summary>
    /// <param name="address">Its base address and function key; no key where none is needed.</param>
    /// <param name="handler">Replaces the network in tests.</param>
    public SweepClient(FunctionAppAddress address, HttpMessageHandler? handler = null) => _app = new AppConnection(address, handler);

    /// <summary>A client over the connections of <paramref name="http"/>, which names the app and stays the caller's.</summary>
    public SweepClient(HttpClient http) => _app = new AppConnection(http);

    /// <summary>Starts a sweep.</summary>
    /// <param name="request">The request as JSON.</param>
    /// <param name="key">Idempotency key: the same key gives the sweep that it started first; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SearchAccepted> SubmitAsync(byte[] request, string? key, CancellationToken cancellationToken) =>
        Read<SearchAccepted>(await _app.PostAsync("api/sweeps", request, key, cancellationToken));

    /// <summary>Adds the rows of another grid.</summary>
    public Task AddAsync(string id, byte[] request, CancellationToken cancellationToken) =>
        _app.PostAsync(Path(id, "/rows"), request, key: null, cancellationToken);

    /// <summary>How far a sweep is.</summary>
    public async Task<SweepStatus> StatusAsync(string id, CancellationToken cancellationToken) =>
        Read<SweepStatus>(await _app.GetAsync(Path(id), cancellationToken));

    /// <summary>The table as far as it is.</summary>
    /// <param name="id">The sweep.</param>
    /// <param name="format">json, csv or html.</param>
    /// <param name="withMeasured">Whether it has the columns that another run of the same sweep would fill otherwise.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<byte[]> TableAsync(string id, string format, bool withMeasured, CancellationToken cancellationToken) =>
        _app.GetAsync(
            Path(id, $"/table?format={Uri.EscapeDataString(format)}&measured={(withMeasured ? "true" : "false")}"), cancellationToken);

    /// <summary>Lets no further search of a sweep start.</summary>
    public Task StopAsync(string id, CancellationToken cancellationToken) => _app.PostAsync(Path(id, "/stop"), cancellationToken);

    /// <summary>Lets a sweep go on.</summary>
    public Task ResumeAsync(string id, CancellationToken cancellationToken) => _app.PostAsync(Path(id, "/resume"), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _app.Dispose();

    private static string Path(string id, string rest = "") => $"api/sweeps/{Uri.EscapeDataString(id)}{rest}";

    private static T Read<T>(byte[] answer) => JsonSerializer.Deserialize<T>(answer, SearchClient.Lenient)!;
}

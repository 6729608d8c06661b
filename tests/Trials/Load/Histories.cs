using System.Net.Http.Json;
using System.Text.Json;

namespace HsNas.Trials.Load;

/// <summary>Lengths of histories, read over HTTP.</summary>
internal sealed class Histories(HttpClient http, TimeProvider time)
{
    private const string Url = "/runtime/webhooks/durabletask/instances";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Instances read.</summary>
    public int Instances => _read.Count;

    /// <summary>Events of the longest one.</summary>
    public int Most { get; private set; }

    /// <summary>
    /// Reads one running instance after the other until cancelled, because an instance that
    /// continues as new ends with a short history.
    /// </summary>
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var round = 0; ; round++)
            {
                await Task.Delay(Interval, time, cancellationToken);
                var living = await IdsAsync("&runtimeStatus=Running", cancellationToken);
                if (living.Count > 0) await ReadAsync(living[round * 7 % living.Count], cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The searches are over.
        }
    }

    /// <summary>Reads the histories of all instances.</summary>
    public async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await IdsAsync("", cancellationToken)) await ReadAsync(id, cancellationToken);
    }

    private async Task<List<string>> IdsAsync(string filter, CancellationToken cancellationToken)
    {
        var instances = await http.GetFromJsonAsync<JsonElement>(
            new Uri($"{Url}?top=10000&showInput=false{filter}", UriKind.Relative), cancellationToken);
        return [.. instances.EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()!)];
    }

    private async Task ReadAsync(string id, CancellationToken cancellationToken)
    {
        var status = await http.GetFromJsonAsync<JsonElement>(new Uri($"{Url}/{id}?showHistory=true", UriKind.Relative), cancellationToken);
        _read.Add(id);
        Most = Math.Max(Most, status.GetProperty("historyEvents").GetArrayLength());
    }
}

using System.Net;
using System.Net.Http.Headers;

namespace HsNas.Trials.Load;

/// <summary>Somebody with the list of searches, the page of one, and the list of the interface open while searches run.</summary>
/// <param name="http">The app.</param>
/// <param name="search">The search whose page is open.</param>
/// <param name="time">The clock.</param>
internal sealed class DashboardReader(HttpClient http, string search, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<string, EntityTagHeaderValue?> _known = new(StringComparer.Ordinal);

    /// <summary>How long each answer took.</summary>
    public List<TimeSpan> Times { get; } = [];

    /// <summary>Answers that said that nothing had changed.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Looks until it is told to stop.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var path in new[] { "ui/searches", $"ui/searches/{search}", "searches" }) await AskAsync(path);
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    private async Task AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/{path}", UriKind.Relative));
        if (_known.GetValueOrDefault(path) is { } tag) request.Headers.IfNoneMatch.Add(tag);
        var start = time.GetTimestamp();
        using var answer = await http.SendAsync(request, CancellationToken.None);
        Times.Add(time.GetElapsedTime(start));
        if (answer.StatusCode == HttpStatusCode.NotModified) Unchanged++;
        else answer.EnsureSuccessStatusCode();
        _known[path] = answer.Headers.ETag;
    }
}

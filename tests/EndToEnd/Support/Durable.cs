using System.Net.Http.Json;
using System.Text.Json;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>The Durable status interface of a system.</summary>
internal static class Durable
{
    private const string Instances = "/runtime/webhooks/durabletask/instances";

    public static Task<HttpResponseMessage> GetAsync(HttpClient http, string id, string query = "") =>
        http.GetAsync(new Uri($"{Instances}/{id}{query}", UriKind.Relative));

    /// <summary>Ids of all instances.</summary>
    public static async Task<IReadOnlyList<string>> IdsAsync(HttpClient http)
    {
        var instances = await http.GetFromJsonAsync<JsonElement>(new Uri($"{Instances}?top=1000", UriKind.Relative));
        return [.. instances.EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()!)];
    }

    /// <summary>Events in an instance's history.</summary>
    public static async Task<int> EventsAsync(HttpClient http, string id)
    {
        using var answer = await GetAsync(http, id, "?showHistory=true");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("historyEvents").GetArrayLength();
    }
}

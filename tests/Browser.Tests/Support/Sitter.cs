using System.Net.Http.Json;
using System.Text.Json;

namespace HsNas.Browser.Tests.Support;

/// <summary>
/// Whose picture is taken: the stage's app, or a running one with real searches, whose address HSNAS_PICTURES_OF holds. Only pictures of
/// the latter go into the documentation.
/// </summary>
/// <param name="Address">Where the app listens.</param>
/// <param name="Key">What opens it; empty where it asks for no key.</param>
/// <param name="Searches">Two finished searches, oldest first.</param>
/// <param name="IsReal">Whether its searches are real ones.</param>
internal sealed record Sitter(Uri Address, string Key, IReadOnlyList<string> Searches, bool IsReal)
{
    private const string Variable = "HSNAS_PICTURES_OF";

    /// <summary>Finds it.</summary>
    public static async Task<Sitter> FindAsync(Stage stage)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } named)
            return new Sitter(stage.Address, Stage.HostKey, stage.Searches, IsReal: false);
        using var http = new HttpClient { BaseAddress = new Uri(named) };
        var page = await http.GetFromJsonAsync<JsonElement>(new Uri("/api/searches?state=Completed", UriKind.Relative));
        var ids = page.GetProperty("searches").EnumerateArray().Take(2).Select(s => s.GetProperty("id").GetString()!).Reverse().ToList();
        return ids.Count == 2 ? new Sitter(http.BaseAddress, "", ids, IsReal: true)
            : throw new InvalidOperationException($"{named} has {ids.Count} finished searches; two are shown beside each other.");
    }
}

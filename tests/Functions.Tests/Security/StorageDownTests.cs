using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;

namespace HsNas.Functions.Tests.Security;

/// <summary>Alone in its class, so that it runs beside the others: the storage SDK tries for half a minute before it gives up.</summary>
public sealed class StorageDownTests
{
    [Fact]
    public async Task Storage_that_does_not_answer_is_a_503_that_says_so()
    {
        var own = new Azurite();
        await own.InitializeAsync();
        await using var app = await FunctionApp.StartAsync(own.ConnectionString);
        await own.DisposeAsync();

        using var answer = await app.Http.PostAsync(new Uri("/api/searches", UriKind.Relative), new StringContent("{}", Encoding.UTF8));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(
            "Storage", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
        using var health = await app.Http.GetAsync(new Uri("/api/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
    }
}

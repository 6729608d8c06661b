using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HsNas.Browser.Tests;

/// <summary>The function app's process is killed while its page is open.</summary>
[Collection(OneStage.Name)]
public sealed class KilledAppTests(Stage stage)
{
    [Fact]
    public async Task The_page_says_that_a_killed_app_does_not_answer_and_goes_on_by_itself_once_it_runs_again()
    {
        await using var app = await KillableApp.StartAsync();
        await Stage.UploadAsync(app.Store);
        using var started = await app.Http.PostAsJsonAsync(new Uri("api/searches", UriKind.Relative), new { task = Stage.TaskName });
        Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync());
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await using var visitor = await Visitor.ComeAsync(stage);
        var (page, live, state) = (visitor.Page, visitor.Page.Locator("#live"), visitor.Page.Locator("h1 .state"));
        await visitor.OpenAsync($"searches/{id}", app: app.Address);
        await Expect(state).ToHaveTextAsync("Running");

        await app.KillAsync();
        await Expect(live).ToHaveTextAsync("The app does not answer; trying again.");
        await Expect(state).ToHaveTextAsync("Running");

        await app.AgainAsync();
        await Expect(live).ToHaveTextAsync("", new() { Timeout = 60_000 });
        using var cancelled = await app.Http.PostAsync(new Uri($"api/searches/{id}/cancel", UriKind.Relative), null);
        Assert.True(cancelled.IsSuccessStatusCode, await cancelled.Content.ReadAsStringAsync());
        await Expect(state).ToHaveTextAsync("Terminated", new() { Timeout = 60_000 });
    }
}

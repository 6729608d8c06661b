using HsNas.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HsNas.Browser.Tests;

/// <summary>The dashboard as somebody sees and uses it, in a real browser against the app.</summary>
[Collection(OneStage.Name)]
public sealed class DashboardTests(Stage stage)
{
    private string Newest => stage.Searches[^1];

    [Fact]
    public async Task A_wrong_key_is_refused_the_right_one_opens_the_list_and_signing_out_forgets_it()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        var page = visitor.Page;
        await page.GotoAsync(new Uri(stage.Address, "api/ui").ToString());
        await Expect(page.Locator("#why")).ToHaveTextAsync("This app asks for a key.");
        await Expect(page.Locator("#out")).ToBeHiddenAsync();
        await visitor.SignInAsync("wrong");
        await Expect(page.Locator("#why")).ToHaveTextAsync("The app does not know this key.");
        await visitor.SignInAsync(Stage.HostKey);

        foreach (var id in stage.Searches) await Expect(page.Locator($"a[href=\"#/searches/{id}\"]")).ToBeVisibleAsync();
        await Expect(page.Locator("table.list")).ToContainTextAsync("latency ≤ 6 ms");

        await page.ReloadAsync();
        await Expect(page.Locator("table.list tbody tr").First).ToBeVisibleAsync();
        await page.Locator("#out").ClickAsync();
        await Expect(page.Locator("#sign")).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length + localStorage.length"));
        Assert.Equal("", await page.Locator("main").InnerTextAsync());
        Assert.DoesNotContain(visitor.Asked, a => a.Contains(Stage.HostKey, StringComparison.Ordinal));
        Assert.All(visitor.Asked, a => Assert.StartsWith(stage.Address.ToString(), a, StringComparison.Ordinal));
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task A_point_is_picked_by_pointer_and_by_keyboard_and_its_card_shows()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        await visitor.OpenAsync($"searches/{Newest}");
        var (page, card) = (visitor.Page, visitor.Page.Locator("[data-card]"));

        await page.Locator("circle.winner").HoverAsync(new() { Force = true });
        await Expect(card.Locator("h3")).ToHaveTextAsync("The winner");
        await Expect(card.Locator("svg")).ToBeVisibleAsync();
        await Expect(card.Locator("table")).ToContainTextAsync("latency");

        await page.Locator("[data-points]").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(card.Locator("h3")).Not.ToHaveTextAsync("The winner");
        var first = await card.InnerTextAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(card).Not.ToHaveTextAsync(first);
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task The_limit_is_answered_from_what_was_scored_without_a_request_for_it()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        await visitor.OpenAsync($"searches/{Newest}");
        var (page, answer) = (visitor.Page, visitor.Page.Locator("[data-answer]"));
        var slider = page.Locator("[data-limit]");

        await slider.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(answer).ToContainTextAsync("validation loss");
        var loose = await answer.InnerTextAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(answer).Not.ToHaveTextAsync(loose);

        await page.Locator("select[name=axis]").SelectOptionAsync("gFlops");
        await Expect(page.Locator("[data-points] svg")).ToHaveAttributeAsync("aria-label", "validation loss against total GFLOPs");
        Assert.Contains("axis=gFlops", page.Url, StringComparison.Ordinal);
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task Two_searches_are_compared_by_keyboard_alone_and_saved_as_csv()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        await visitor.OpenAsync();
        var page = visitor.Page;
        foreach (var id in stage.Searches)
        {
            await page.Locator($"input[value=\"{id}\"]").FocusAsync();
            await page.Keyboard.PressAsync("Space");
        }

        await page.Locator("[data-compare] button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Compare");
        await Expect(page.Locator("table tbody tr")).ToHaveCountAsync(2);
        Assert.True(await page.Locator("td.best").CountAsync() >= 1);

        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-save]").PressAsync("Enter"));
        var csv = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Equal(3, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task The_form_shows_the_errors_of_the_api_then_starts_a_search_that_is_watched_to_its_end()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        await visitor.OpenAsync("new");
        var page = visitor.Page;
        await page.Locator("[data-path='evolution.iterations']").FillAsync("0");
        await page.Locator("[data-start] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-fault='evolution.iterations']")).ToContainTextAsync("1");

        foreach (var (path, value) in new[]
        {
            ("iterations", "3"), ("population", "12"), ("parents", "4"), ("mutations", "4"), ("crossovers", "4"),
        }) await page.Locator($"[data-path='evolution.{path}']").FillAsync(value);
        await page.Locator("[data-path=trainWinner]").UncheckAsync();
        await page.Locator("[data-start] button[type=submit]").ClickAsync();

        await Expect(page.Locator("h1 .state")).ToHaveTextAsync("Completed", new() { Timeout = 60_000 });
        await Expect(page.Locator("#found")).ToBeVisibleAsync();
        Assert.DoesNotContain(visitor.Errors, e => !e.Contains("400", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sweep_is_refused_as_by_the_api_then_started_by_its_form_and_its_searches_are_compared()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        await visitor.OpenAsync("newsweep");
        var (page, text) = (visitor.Page, visitor.Page.Locator("textarea"));
        await text.FillAsync("""{"search":{"task":"tiny-en-de"},"grid":{"evolution.iterations":[0]}}""");
        await page.Locator("[data-start] button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-fault='']")).ToContainTextAsync("evolution.iterations");

        await text.FillAsync("""
            {"name":"two seeds","parallel":2,"grid":{"evolution.seed":[11,12]},"search":{"task":"tiny-en-de","trainWinner":false,
            "evolution":{"iterations":3,"population":12,"parents":4,"mutations":4,"crossovers":4}}}
            """);
        await page.Locator("[data-start] button[type=submit]").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("two seeds");
        await Expect(page.Locator("h1 .state")).ToHaveTextAsync("Completed", new() { Timeout = 60_000 });

        await page.Locator("a[href^='#/compare?sweep=']").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Compare");
        await Expect(page.Locator("table tbody tr")).ToHaveCountAsync(2);
        Assert.DoesNotContain(visitor.Errors, e => !e.Contains("400", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reading_key_reads_and_is_told_that_it_may_not_write()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        await visitor.OpenAsync("new", Stage.ReadingKey);
        await visitor.Page.Locator("[data-start] button[type=submit]").ClickAsync();

        await Expect(visitor.Page.Locator("[data-fault='']")).ToHaveTextAsync("This key may read, but not write.");
    }

    [Fact]
    public async Task A_link_opens_its_search_without_a_key_and_nothing_else()
    {
        await using var owner = await Visitor.ComeAsync(stage);
        await owner.OpenAsync($"searches/{Newest}");
        await owner.Page.Locator("[data-share]").ClickAsync();
        await Expect(owner.Page.Locator("#link")).ToContainTextAsync("/api/ui#/shared/");
        var link = (await owner.Page.Locator("#link").InnerTextAsync()).Split(' ')[^1];

        await using var guest = await Visitor.ComeAsync(stage);
        await guest.Page.GotoAsync(link);
        await Expect(guest.Page.Locator("#found")).ToBeVisibleAsync();
        await guest.Page.Locator("circle.winner").HoverAsync(new() { Force = true });
        await Expect(guest.Page.Locator("[data-card] h3")).ToHaveTextAsync("The winner");
        Assert.Equal(0, await guest.Page.Locator("main button[data-post], main button[data-save], main button[data-share]").CountAsync());
        Assert.DoesNotContain(guest.Asked, a => a.Contains("proof", StringComparison.Ordinal));
        Assert.Empty(guest.Errors);

        await guest.Page.GotoAsync(link.Replace(Newest, stage.Searches[0], StringComparison.Ordinal));
        await Expect(guest.Page.Locator("h1")).ToHaveTextAsync("Not here");
        await guest.Page.GotoAsync(new Uri(stage.Address, $"api/ui#/searches/{Newest}").ToString());
        await Expect(guest.Page.Locator("#sign")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_network_that_is_cut_is_told_and_the_page_goes_on_by_itself()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        await visitor.OpenAsync();
        var live = visitor.Page.Locator("#live");
        await visitor.Page.RouteAsync("**/api/ui/**", route => route.AbortAsync("connectionrefused"));
        await Expect(live).ToHaveTextAsync("The app does not answer; trying again.");

        await visitor.Page.UnrouteAllAsync();
        await Expect(live).ToHaveTextAsync("", new() { Timeout = 15_000 });
        await Expect(visitor.Page.Locator("table.list tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task While_nothing_changes_a_poll_is_answered_with_that_alone()
    {
        await using var visitor = await Visitor.ComeAsync(stage);
        await visitor.OpenAsync($"searches/{Newest}");

        var poll = await visitor.Page.WaitForResponseAsync(r => r.Url.Contains("/ui/searches/", StringComparison.Ordinal));
        Assert.Equal(304, poll.Status);
    }
}

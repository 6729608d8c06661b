using HsNas.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HsNas.Browser.Tests;

/// <summary>The page of a search with 10,000 candidates. How fast it is, the program of this project prints.</summary>
[Collection(OneStage.Name)]
public sealed class ManyPointsTests(Stage stage)
{
    [Fact]
    public async Task The_points_are_enlarged_moved_and_shown_whole_again_and_the_axis_says_what_is_seen()
    {
        await using var visitor = await Visitor.ComeAsync(stage, width: 1600);
        await visitor.OpenAsync($"searches/{await stage.LargeAsync()}");
        var (page, drawing) = (visitor.Page, new Drawing(visitor.Page));
        await Expect(page.Locator("figcaption").First).ToContainTextAsync("10,000 scored candidates.");
        var whole = await drawing.TicksAsync();

        await drawing.CloserAsync();
        var (close, near) = (await drawing.LookAsync(), await drawing.TicksAsync());
        Assert.Contains("scale(3.375)", close, StringComparison.Ordinal);
        Assert.NotEqual(whole, near);

        await drawing.DragAsync(moves: 10);
        Assert.NotEqual(close, await drawing.LookAsync());
        Assert.NotEqual(near, await drawing.TicksAsync());

        await page.Locator("[data-zoom='0']").ClickAsync();
        Assert.Equal(whole, await drawing.TicksAsync());
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task A_card_opens_under_the_pointer_and_the_next_poll_leaves_what_is_seen_as_it_is()
    {
        await using var visitor = await Visitor.ComeAsync(stage, width: 1600);
        await visitor.OpenAsync($"searches/{await stage.LargeAsync()}");
        var (page, drawing) = (visitor.Page, new Drawing(visitor.Page));

        await page.Locator("circle.winner").HoverAsync(new() { Force = true });
        await Expect(drawing.Card.Locator("h3")).ToHaveTextAsync("The winner");
        await page.Locator("[data-points]").FocusAsync();
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("End");
        await Expect(drawing.Card.Locator("h3")).Not.ToHaveTextAsync("The winner");
        var seen = await drawing.LookAsync();
        Assert.Contains("scale(1.5)", seen, StringComparison.Ordinal);

        await page.WaitForResponseAsync(r => r.Url.Contains("/ui/searches/", StringComparison.Ordinal) && r.Status == 304);
        Assert.Equal(seen, await drawing.LookAsync());
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task Each_of_the_ten_thousand_is_drawn_where_it_belongs_and_answers_to_pointer_and_keyboard()
    {
        await using var visitor = await Visitor.ComeAsync(stage, width: 1600);
        await visitor.OpenAsync($"searches/{await stage.LargeAsync()}");
        var (page, drawing) = (visitor.Page, new Drawing(visitor.Page));
        var (circles, crowd) = await drawing.PointsAsync();
        Assert.Equal(LargeArchive.Candidates, circles.Count + crowd.Count);
        Assert.Equal(crowd.Count, crowd.Select(c => c.Number).Distinct().Count());

        // One that lies alone, so that no other is as near.
        var places = crowd.Select(c => (c.X, c.Y)).Concat(circles).GroupBy(p => p).ToList();
        var alone = crowd.MaxBy(c => places.Min(p => p.Key == (c.X, c.Y)
            ? p.Count() > 1 ? 0 : double.MaxValue : Math.Pow(p.Key.X - c.X, 2) + Math.Pow(p.Key.Y - c.Y, 2)));
        var card = page.WaitForResponseAsync(r => r.Url.Contains("/card?n=", StringComparison.Ordinal));
        await drawing.PointAtAsync(alone.X + 2, alone.Y - 1);

        Assert.EndsWith($"/card?n={alone.Number}", (await card).Url, StringComparison.Ordinal);
        Assert.Equal(FormattableString.Invariant($"{alone.X},{alone.Y}"), await drawing.PickedAsync());
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task The_first_load_and_the_largest_page_are_small()
    {
        using var app = new Downloads(stage);
        var first = 0L;
        foreach (var path in new[] { "ui", "ui/app.css", "ui/app.js", "ui/searches" }) first += await app.BytesAsync(path);
        var page = await app.BytesAsync($"ui/searches/{await stage.LargeAsync()}");

        Assert.InRange(first, 1_000, 80 * 1024);
        Assert.InRange(page, 1_000, 80 * 1024);
    }
}

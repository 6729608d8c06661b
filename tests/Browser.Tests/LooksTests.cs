using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HsNas.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HsNas.Browser.Tests;

/// <summary>What pages look like, and for whom they cannot be used.</summary>
[Collection(OneStage.Name)]
public sealed class LooksTests(Stage stage)
{
    private string[] Places =>
        ["", $"searches/{stage.Searches[0]}", $"compare?ids={string.Join(',', stage.Searches)}", "new", "sweeps", "newsweep"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_page_keeps_anybody_out(bool dark)
    {
        await using var visitor = await Visitor.ComeAsync(stage, dark);
        await visitor.OpenAsync();
        var page = visitor.Page;
        foreach (var place in Places)
        {
            await ShowAsync(page, place);
            // What differs between the schemes is contrast; all else is looked at once.
            var rules = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] };
            var found = dark ? await page.RunAxe(new AxeRunOptions { RunOnly = rules }) : await page.RunAxe();
            Assert.True(
                found.Violations.All(v => v.Impact is not ("serious" or "critical")),
                $"{place}: " + string.Join('\n', found.Violations.Where(v => v.Impact is "serious" or "critical")
                    .Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
        }
    }

    [Theory]
    [InlineData(360)]
    [InlineData(3840)]
    public async Task No_page_is_wider_than_its_window(int width)
    {
        await using var visitor = await Visitor.ComeAsync(stage, width: width);
        await visitor.OpenAsync();
        foreach (var place in Places)
        {
            await ShowAsync(visitor.Page, place);
            var wide = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= width, $"{place} is {wide} px wide.");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pictures_of_the_documentation_are_what_the_app_shows(bool dark)
    {
        var sitter = await Sitter.FindAsync(stage);
        await using var visitor = await Visitor.ComeAsync(stage, dark, 1100, 760);
        await visitor.OpenAsync(key: sitter.Key, app: sitter.Address);
        var (page, theme, first) = (visitor.Page, dark ? "dark" : "light", $"searches/{sitter.Searches[0]}");
        (string Name, string Place, string? At)[] pictures =
        [
            ("list", "", null), ("search", first, null), ("population", first, "#population"), ("trust", first, "#trust"),
            ("compare", $"compare?ids={string.Join(',', sitter.Searches)}", null),
        ];
        foreach (var (name, place, at) in pictures)
        {
            await ShowAsync(page, place);
            if (at == "#population") await page.Locator("circle.winner").HoverAsync(new() { Force = true });
            if (at is not null) await page.Locator(at).EvaluateAsync("e => e.scrollIntoView()");
            if (at == "#population") await Expect(page.Locator("[data-card] svg")).ToBeVisibleAsync();
            var picture = await page.ScreenshotAsync(new()
            {
                Animations = ScreenshotAnimations.Disabled,
                Clip = new() { Width = 1100, Height = name == "list" ? 430 : 760 },
            });
            Assert.True(picture.Length > 10_000, $"{name} shows nothing.");
            if (sitter.IsReal) await Images.KeepAsync($"{name}-{theme}.png", picture);
        }

        Assert.Empty(visitor.Errors);
    }

    private static async Task ShowAsync(IPage page, string place)
    {
        await page.EvaluateAsync(
            "p => { document.querySelector('main').replaceChildren(); location.hash = '#/x'; location.hash = '#/' + p; }", place);
        await Expect(page.Locator("main h1")).ToBeVisibleAsync();
    }
}

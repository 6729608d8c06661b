using System.Globalization;
using Microsoft.Playwright;

namespace HsNas.Browser.Tests.Support;

/// <summary>The points of a search's page, and what a hand does with them.</summary>
internal sealed class Drawing(IPage page)
{
    /// <summary>The card beside the points.</summary>
    public ILocator Card => page.Locator("[data-card]");

    /// <summary>How much the points are enlarged, and where they were moved to.</summary>
    public async Task<string> LookAsync() => await page.Locator("[data-pane]").GetAttributeAsync("transform") ?? "";

    /// <summary>What the ticks of the horizontal axis say.</summary>
    public async Task<string> TicksAsync() => string.Join(' ', await page.Locator("[data-at^='x']").AllTextContentsAsync());

    /// <summary>Where the circles lie in the drawing, and the other points with their numbers.</summary>
    public async Task<(IReadOnlyList<(double X, double Y)> Circles, IReadOnlyList<(double X, double Y, int Number)> Crowd)> PointsAsync()
    {
        var circles = await page.Locator("circle[data-n]").EvaluateAllAsync<double[][]>(
            "all => all.map(c => [c.cx.baseVal.value, c.cy.baseVal.value])");
        var path = page.Locator("[data-crowd]");
        var (places, steps, number) = (await path.GetAttributeAsync("d") ?? "", await path.GetAttributeAsync("data-crowd") ?? "", 0);
        var crowd = places.Split('M', StringSplitOptions.RemoveEmptyEntries).Zip(steps.Split(' '), (place, step) =>
        {
            var at = place[..place.IndexOf('h', StringComparison.Ordinal)].Split(' ');
            return (Number(at[0]), Number(at[1]), number += int.Parse(step, CultureInfo.InvariantCulture));
        });
        return ([.. circles.Select(c => (c[0], c[1]))], [.. crowd]);
    }

    /// <summary>Moves the pointer to a place of the drawing.</summary>
    public async Task PointAtAsync(double x, double y)
    {
        var svg = page.Locator("[data-points] svg");
        await svg.ScrollIntoViewIfNeededAsync();
        var box = (await svg.BoundingBoxAsync())!;
        var width = await svg.EvaluateAsync<double>("s => s.viewBox.baseVal.width");
        await page.Mouse.MoveAsync((float)(box.X + (x * box.Width / width)), (float)(box.Y + (y * box.Width / width)));
    }

    /// <summary>Where the ring around the chosen point is.</summary>
    public async Task<string> PickedAsync()
    {
        var ring = page.Locator("[data-picked]");
        return $"{await ring.GetAttributeAsync("cx")},{await ring.GetAttributeAsync("cy")}";
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Goes closer, so many times.</summary>
    public async Task CloserAsync(int times = 3)
    {
        for (var i = 0; i < times; i++) await page.Locator("[data-zoom='1.5']").ClickAsync();
    }

    /// <summary>Drags the points to the left and back, in so many moves of the pointer.</summary>
    public async Task DragAsync(int moves)
    {
        var (x, y) = await MiddleAsync();
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        for (var i = 1; i <= moves; i++)
        {
            var away = 120 * MathF.Sin(i * MathF.PI * 0.75f / moves);
            await page.Mouse.MoveAsync(x - away, y + (away / 3));
        }

        await page.Mouse.UpAsync();
    }

    /// <summary>Moves the pointer over the points, without a button.</summary>
    public async Task HoverAsync(int moves)
    {
        var (x, y) = await MiddleAsync();
        for (var i = 0; i < moves; i++) await page.Mouse.MoveAsync(x - 150 + (300f * i / moves), y + (80 * MathF.Sin(i * 0.7f)));
    }

    /// <summary>From now on, notes how long each frame took.</summary>
    public Task WatchFramesAsync() => page.EvaluateAsync("""
        () => {
            window.frames50 = [];
            let last = performance.now();
            const note = now => { window.frames50.push(now - last); last = now; window.watch = requestAnimationFrame(note); };
            window.watch = requestAnimationFrame(note);
        }
        """);

    /// <summary>Milliseconds of each frame since the watch began, shortest first; ends the watch.</summary>
    public async Task<IReadOnlyList<double>> FramesAsync() => [.. (await page.EvaluateAsync<double[]>(
        "() => { cancelAnimationFrame(window.watch); return window.frames50.slice(1); }")).Order()];

    private async Task<(float X, float Y)> MiddleAsync()
    {
        var svg = page.Locator("[data-points] svg");
        await svg.ScrollIntoViewIfNeededAsync();
        var box = await svg.BoundingBoxAsync() ?? throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"The drawing is not shown at {page.Url}."));
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }
}

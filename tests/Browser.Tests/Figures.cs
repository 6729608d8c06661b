using System.Globalization;
using HsNas.Browser.Tests.Support;

namespace HsNas.Browser.Tests;

/// <summary>How fast the dashboard is in a real browser: printed, and held by no test, since it depends on the machine.</summary>
internal static class Figures
{
    private const int Paints = 9;
    private const int Moves = 120;

    /// <summary>Prints first paints, weights, and frames of the page with 10,000 candidates.</summary>
    public static async Task PrintAsync(Stage stage)
    {
        var large = $"searches/{await stage.LargeAsync()}";
        using (var app = new Downloads(stage))
        {
            var (sum, parts) = (0, new List<string>());
            foreach (var path in new[] { "ui", "ui/app.css", "ui/app.js", "ui/searches" })
            {
                var bytes = await app.BytesAsync(path);
                sum += bytes;
                parts.Add($"{path} {bytes:N0}");
            }

            Say($"first load, compressed: {sum:N0} bytes ({string.Join(", ", parts)})");
            Say($"page with {LargeArchive.Candidates:N0} candidates, compressed: {await app.BytesAsync($"ui/{large}"):N0} bytes");
        }

        await PaintsAsync(stage);
        await using var visitor = await Visitor.ComeAsync(stage, width: 1600);
        await visitor.OpenAsync(large);
        var drawing = new Drawing(visitor.Page);
        await FramesAsync("nothing moves", drawing, () => Task.Delay(2000));
        await FramesAsync("hover", drawing, () => drawing.HoverAsync(Moves));
        await drawing.CloserAsync();
        await FramesAsync("pan, enlarged 3.4 times", drawing, () => drawing.DragAsync(Moves));
        await FramesAsync("hover, enlarged 3.4 times", drawing, () => drawing.HoverAsync(Moves));
    }

    // A tab of its own each time; the first one also warms the app up, and is left out.
    private static async Task PaintsAsync(Stage stage)
    {
        var (paints, lists) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Paints; i++)
        {
            await using var visitor = await Visitor.ComeAsync(stage);
            await visitor.OpenAsync();
            await visitor.Page.ReloadAsync();
            await visitor.Page.Locator("table.list").WaitForAsync();
            var paint = await visitor.Page.EvaluateAsync<double>("""
                () => new Promise(done => new PerformanceObserver(l => done(l.getEntries()[0].startTime))
                    .observe({ type: 'paint', buffered: true }))
                """);
            var list = await visitor.Page.EvaluateAsync<double>(
                "() => performance.getEntriesByType('resource').find(e => e.name.endsWith('/ui/searches')).responseEnd");
            if (i == 0) continue;
            paints.Add(paint);
            lists.Add(list);
        }

        Say($"first paint, {Paints} times: {Words([.. paints.Order()])}");
        Say($"the list is there, {Paints} times: {Words([.. lists.Order()])}");
    }

    private static async Task FramesAsync(string what, Drawing drawing, Func<Task> act)
    {
        await drawing.WatchFramesAsync();
        await act();
        var frames = await drawing.FramesAsync();
        Say($"{what}: {frames.Count} frames, {Words(frames)}; longer than 50 ms: {frames.Count(f => f > 50)}");
    }

    private static string Words(IReadOnlyList<double> sorted) => string.Create(CultureInfo.InvariantCulture,
        $"median {At(sorted, 0.5):0} ms, p95 {At(sorted, 0.95):0} ms, longest {sorted[^1]:0} ms");

    private static double At(IReadOnlyList<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace HsNas.Browser.Tests.Support;

/// <summary>A tab of its own: what it logs as an error, and every address that it asks, are kept.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly Stage _stage;
    private readonly IBrowserContext _context;

    private Visitor(Stage stage, IBrowserContext context, IPage page) => (_stage, _context, Page) = (stage, context, page);

    /// <summary>The tab.</summary>
    public IPage Page { get; }

    /// <summary>Errors of the console.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Addresses that were asked.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>A tab that shows nothing yet.</summary>
    public static async Task<Visitor> ComeAsync(Stage stage, bool dark = false, int width = 1280, int height = 900)
    {
        var context = await stage.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            TimezoneId = "Europe/Berlin",
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(20_000);
        var visitor = new Visitor(stage, context, await context.NewPageAsync());
        visitor.Page.Console += (_, m) =>
        {
            // A refused key shows as a failed request; nothing else may.
            if (m.Type == "error" && !m.Text.Contains("401", StringComparison.Ordinal)) visitor.Errors.Enqueue(m.Text);
        };
        visitor.Page.PageError += (_, e) => visitor.Errors.Enqueue(e);
        visitor.Page.Request += (_, r) => visitor.Asked.Enqueue(r.Url);
        return visitor;
    }

    /// <summary>
    /// Opens the dashboard of the stage's app, or of another, at a place, for example "searches/ID", and signs in where a key is given.
    /// </summary>
    public async Task OpenAsync(string place = "", string key = Stage.HostKey, Uri? app = null)
    {
        await Page.GotoAsync(new Uri(app ?? _stage.Address, $"api/ui#/{place}").ToString());
        if (key.Length > 0) await SignInAsync(key);
        await Assertions.Expect(Page.Locator("main h1")).ToBeVisibleAsync();
    }

    /// <summary>Gives a key to the dialog.</summary>
    public async Task SignInAsync(string key)
    {
        await Page.Locator("#key").FillAsync(key);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _context.DisposeAsync();
}

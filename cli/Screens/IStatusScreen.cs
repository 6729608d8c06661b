using HsNas.Contracts.Requests;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>Shows a search while it runs.</summary>
internal interface IStatusScreen
{
    /// <summary>Shows how far it is.</summary>
    void Show(SearchStatus status);

    /// <summary>Says that nothing new is known, and why.</summary>
    void ShowTrouble(string reason);
}

/// <summary>Picks the screen that fits where the output goes.</summary>
internal static class StatusScreens
{
    /// <summary>Runs <paramref name="follow"/> with bars on a terminal, with lines elsewhere.</summary>
    public static Task<SearchStatus> RunAsync(IAnsiConsole console, TimeProvider time, Func<IStatusScreen, Task<SearchStatus>> follow)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal) return follow(new PlainScreen(console, time));
        return console.Live(new Text("")).AutoClear(false).StartAsync(context => follow(new LiveScreen(context)));
    }
}

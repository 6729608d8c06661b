using System.Diagnostics;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>Names a report that was saved and, where somebody sits at a desktop, offers to open it.</summary>
/// <param name="context">Where to ask.</param>
/// <param name="isInputTerminal">Whether answers come from a terminal.</param>
/// <param name="open">Opens a file in the desktop's browser.</param>
internal sealed class ReportOffer(CommandContext context, bool isInputTerminal, Action<string> open)
{
    // Either says that a window can be shown.
    private static readonly string[] Displays = ["DISPLAY", "WAYLAND_DISPLAY"];

    /// <summary>The offer on this machine.</summary>
    public static ReportOffer Here(CommandContext context) => new(context, !Console.IsInputRedirected, Open);

    /// <summary>Asks, and opens the file where the answer is yes; without a desktop nothing is asked.</summary>
    public void Make(string report)
    {
        if (!isInputTerminal || !context.Console.Profile.Capabilities.Interactive || !HasDesktop) return;
        var question = $"Open {Workspace.Display(report).EscapeMarkup()} in a browser?";
        if (context.Console.Prompt(new ConfirmationPrompt(question) { DefaultValue = false })) open(report);
    }

    private bool HasDesktop => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        || Displays.Any(d => !string.IsNullOrEmpty(context.Variable(d)));

    /// <summary>Opens a file in the desktop's browser, which the shell of the system knows: xdg-open, open, or Windows itself.</summary>
    internal static void Open(string report)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(report) { UseShellExecute = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is a display but no program for pages; the file was named.
        }
    }
}

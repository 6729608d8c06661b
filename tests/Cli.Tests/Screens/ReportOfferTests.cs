using HsNas.Cli.CommandLine;
using HsNas.Cli.Screens;
using Spectre.Console;

namespace HsNas.Cli.Tests.Screens;

public class ReportOfferTests
{
    private readonly List<string> _opened = [];

    [Fact]
    public void Without_a_terminal_nothing_is_asked_and_nothing_opened()
    {
        var written = new StringWriter();
        Offer(written, InteractionSupport.Yes, isInputTerminal: false).Make("report.html");
        Offer(written, InteractionSupport.No, isInputTerminal: true).Make("report.html");

        Assert.Empty(_opened);
        Assert.Equal("", written.ToString());
    }

    [Fact]
    public void Without_a_display_nothing_is_asked()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) return; // They always have one.
        var written = new StringWriter();
        Offer(written, InteractionSupport.Yes, isInputTerminal: true, display: "").Make("report.html");

        Assert.Equal("", written.ToString());
        Assert.Empty(_opened);
    }

    private ReportOffer Offer(StringWriter written, InteractionSupport interaction, bool isInputTerminal, string display = ":0")
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = interaction,
            Out = new AnsiConsoleOutput(written),
        });
        var context = new CommandContext(console, TimeProvider.System, name => name == "DISPLAY" ? display : null);
        return new ReportOffer(context, isInputTerminal, _opened.Add);
    }
}

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

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    public void Only_a_yes_opens_the_report(string typed, bool opens)
    {
        Offer(new StringWriter(), InteractionSupport.Yes, isInputTerminal: true, typed: typed).Make("report.html");

        Assert.Equal(opens ? ["report.html"] : [], _opened);
    }

    [Fact]
    public async Task The_program_that_opens_files_on_a_linux_desktop_is_given_the_report()
    {
        if (!OperatingSystem.IsLinux()) return; // Elsewhere the system itself opens files.
        var folder = Directory.CreateTempSubdirectory("hsnas-");
        var (told, path) = (Path.Combine(folder.FullName, "told"), Environment.GetEnvironmentVariable("PATH"));
        var tool = Path.Combine(folder.FullName, "xdg-open");
        // Debian's xdg-open 1.1.3 was seen to print nothing, to give the file as it is to the browser, and to end with 0.
        await File.WriteAllTextAsync(
            tool, $"#!/bin/sh\nprintf %s \"$*\" > '{told}.part' && mv '{told}.part' '{told}'\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Environment.SetEnvironmentVariable("PATH", $"{folder.FullName}:{path}");
            ReportOffer.Open("/tmp/a report.html");
            for (var wait = 0; wait < 600 && !File.Exists(told); wait++) await Task.Delay(50);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }

        Assert.Equal("/tmp/a report.html", await File.ReadAllTextAsync(told));
        folder.Delete(recursive: true);
    }

    private ReportOffer Offer(
        StringWriter written, InteractionSupport interaction, bool isInputTerminal, string display = ":0", string typed = "")
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = interaction,
            Out = new AnsiConsoleOutput(written),
        });
        var keyboard = new AnsweringConsole(console, typed);
        var context = new CommandContext(keyboard, TimeProvider.System, name => name == "DISPLAY" ? display : null);
        return new ReportOffer(context, isInputTerminal, _opened.Add);
    }
}

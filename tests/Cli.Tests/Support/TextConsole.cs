using Spectre.Console;

namespace HsNas.Cli.Tests.Support;

/// <summary>A console without colours that keeps what was written.</summary>
internal sealed class TextConsole
{
    private readonly Func<string> _text;

    public TextConsole(int width = 160)
    {
        var text = new StringWriter();
        _text = text.ToString;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(text),
        });
        Console.Profile.Width = width;
    }

    public IAnsiConsole Console { get; }

    public string Text => _text();

    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

using Spectre.Console;
using Spectre.Console.Rendering;

namespace HsNas.Cli.Tests.Screens;

/// <summary>A console at whose keyboard somebody types.</summary>
/// <param name="inner">What is shown goes there.</param>
/// <param name="typed">What is typed; a line feed stands for Enter.</param>
internal sealed class AnsweringConsole(IAnsiConsole inner, string typed) : IAnsiConsole, IAnsiConsoleInput
{
    private readonly Queue<char> _typed = new(typed);

    public Profile Profile => inner.Profile;

    public IAnsiConsoleCursor Cursor => inner.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => inner.ExclusivityMode;

    public RenderPipeline Pipeline => inner.Pipeline;

    public void Clear(bool home) => inner.Clear(home);

    public void Write(IRenderable renderable) => inner.Write(renderable);

    public bool IsKeyAvailable() => _typed.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept) => _typed.TryDequeue(out var c)
        ? new ConsoleKeyInfo(c, c == '\n' ? ConsoleKey.Enter : (ConsoleKey)char.ToUpperInvariant(c), false, false, false)
        : throw new InvalidOperationException("More is asked than was typed.");

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) => Task.FromResult(ReadKey(intercept));
}

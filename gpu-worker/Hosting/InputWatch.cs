namespace HsNas.GpuWorker.Hosting;

/// <summary>
/// Ends this process when its standard input ends, which it does when the process that started it dies, however that happens. So a
/// killed command leaves no training behind that its successor would do a second time.
/// </summary>
internal static class InputWatch
{
    /// <summary>The environment variable that asks for it.</summary>
    public const string Variable = "HSNAS_ENDS_WITH_INPUT";

    private const int Abandoned = 3;

    /// <summary>Watches where the environment asks for it.</summary>
    public static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1") return;
        var thread = new Thread(() =>
        {
            var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0)
            {
            }

            Environment.Exit(Abandoned);
        })
        { IsBackground = true, Name = "input watch" };
        thread.Start();
    }
}

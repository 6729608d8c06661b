using System.Diagnostics;
using System.Globalization;

namespace HsNas.Benchmarks.Worker;

/// <summary>
/// <c>compare FIRST SECOND [ROUNDS]</c>: two builds of this benchmark (paths of HsNas.Benchmarks.dll) beside each other in one run.
/// Rounds alternate, because a machine drifts. The median of the rounds' ratios counts, for each kind of work. Above 1 the second
/// build needs less processor time.
/// </summary>
internal static class ServerComparison
{
    private static readonly (string What, int Count)[] Works = [("train", 10), ("bf16", 5), ("score", 5), ("decode", 2), ("beam", 3)];

    public static int Run(string first, string second, int rounds)
    {
        using var one = new Server(first);
        using var two = new Server(second);
        Console.WriteLine("| work | first, CPU ms | second, CPU ms | ratio | quartiles |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (what, count) in Works)
        {
            for (var i = 0; i < 3; i++) (one.Do(what, count), two.Do(what, count)).ToString();
            var pairs = new List<(double One, double Two)>();
            for (var i = 0; i < rounds; i++)
            {
                var early = i % 2 == 0 ? one.Do(what, count) : 0;
                var other = two.Do(what, count);
                pairs.Add((i % 2 == 0 ? early : one.Do(what, count), other));
            }

            var ratios = pairs.Select(p => p.One / p.Two).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {what} | {1000 * Middle(pairs.Select(p => p.One)) / count:F1} | {1000 * Middle(pairs.Select(p => p.Two)) / count:F1} " +
                $"| {Middle(ratios):F3} | {ratios[rounds / 4]:F3} to {ratios[3 * rounds / 4]:F3} |"));
        }

        return 0;
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private sealed class Server : IDisposable
    {
        private readonly Process _process;

        public Server(string assembly)
        {
            var start = new ProcessStartInfo("dotnet", [assembly, "throughput-server"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            foreach (var (name, value) in Local.Stack.WorkerEnvironment.Variables) start.Environment[name] = value;
            _process = Process.Start(start)!;
        }

        public double Do(string what, int count)
        {
            _process.StandardInput.WriteLine($"{what} {count}");
            var answer = _process.StandardOutput.ReadLine();
            return double.Parse(answer ?? throw new InvalidOperationException("A build ended early."), CultureInfo.InvariantCulture);
        }

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}

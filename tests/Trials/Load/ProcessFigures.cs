using System.Globalization;
using HsNas.Local.Stack;

namespace HsNas.Trials.Load;

/// <summary>What the kernel (Linux) says of a stack's processes.</summary>
internal static class ProcessFigures
{
    private const double TicksASecond = 100;

    /// <summary>Resident memory.</summary>
    public static double ResidentMegabytes(LocalStack stack, string name)
    {
        var line = File.ReadLines($"/proc/{IdOf(stack, name)}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Processor seconds used since its start.</summary>
    public static double CpuSeconds(LocalStack stack, string name)
    {
        // The name is in parentheses and may hold any text, parentheses too. Fields are counted from the last parenthesis.
        var stat = File.ReadAllText($"/proc/{IdOf(stack, name)}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksASecond;
    }

    private static int IdOf(LocalStack stack, string name) => stack.State.Processes.Single(p => p.Name == name).Process!.Id;
}

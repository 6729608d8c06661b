using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace HsNas.Local.Stack.Processes;

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="Id">Process number.</param>
/// <param name="Started">When it started, in the system's own units.</param>
public sealed record ProcessIdentity(int Id, string Started)
{
    /// <summary>This process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId)!;

    /// <summary>Whether it still runs.</summary>
    [JsonIgnore]
    public bool IsAlive => Of(Id) == this;

    /// <summary>The process that has this number now; null where none has, or where it has ended and only its number is left.</summary>
    public static ProcessIdentity? Of(int id)
    {
        if (OperatingSystem.IsLinux()) return FromProc(id);
        try
        {
            using var process = Process.GetProcessById(id);
            return new ProcessIdentity(id, process.StartTime.Ticks.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ProcessIdentity? FromProc(int id)
    {
        try
        {
            // The name is in parentheses and may hold any text, parentheses too. Fields are counted from the last parenthesis.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new ProcessIdentity(id, fields[19]);
        }
        catch (IOException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using HsNas.Kernel;
using HsNas.Local.Stack.Processes;

namespace HsNas.Local.Stack;

/// <summary>A process of a running stack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Process">Which process; null while it is being started again.</param>
/// <param name="Log">Its log file.</param>
/// <param name="Exits">How often it ended without being asked to.</param>
public sealed record StackProcess(string Name, ProcessIdentity? Process, string Log, int Exits);

/// <summary>
/// What others need to know of a stack, kept in <c>stack.json</c> of its run folder. It holds the storage key of this run,
/// so only its owner may read it.
/// </summary>
/// <param name="Supervisor">The process that watches over the others.</param>
/// <param name="Ready">Whether everything answered.</param>
/// <param name="FunctionsUrl">Base address of the function app.</param>
/// <param name="ModelUrl">Base address of the in-context model, ending in "/v1".</param>
/// <param name="ConnectionString">Storage.</param>
/// <param name="Ports">Ports in use.</param>
/// <param name="Processes">All processes but the supervisor.</param>
public sealed record StackState(
    ProcessIdentity Supervisor, bool Ready, string FunctionsUrl, string ModelUrl, string ConnectionString,
    StackPorts Ports, IReadOnlyList<StackProcess> Processes)
{
    /// <summary>Name of the file in the run folder.</summary>
    public const string FileName = "stack.json";

    /// <summary>The state of a folder's stack, running or not; null where there is no readable one.</summary>
    public static StackState? TryRead(string runFolder)
    {
        try
        {
            var state = JsonSerializer.Deserialize<StackState>(File.ReadAllBytes(Path.Combine(runFolder, FileName)), Json.Options);
            return state is { Supervisor: not null, Processes: not null } ? state : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The state of a folder's stack if its supervisor runs; else null.</summary>
    public static StackState? TryReadRunning(string runFolder) =>
        TryRead(runFolder) is { } state && state.Supervisor.IsAlive ? state : null;

    /// <summary>Replaces the file at once, so that readers see the old or the new one.</summary>
    public void Write(string runFolder)
    {
        var file = Path.Combine(runFolder, FileName);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(file + ".part", options)) JsonSerializer.Serialize(stream, this, Json.Indented);
        File.Move(file + ".part", file, overwrite: true);
    }

    /// <summary>Removes the file.</summary>
    public static void Delete(string runFolder) => File.Delete(Path.Combine(runFolder, FileName));
}

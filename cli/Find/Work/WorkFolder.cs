using System.Text.Json;
using HsNas.Cli.Find.Planning;
using HsNas.Cli.Hosting;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Cli.Find.Work;

/// <summary>Where a run of <c>find</c> keeps what it knows. Its name follows from the text and the budget, so the same command finds
/// the same folder.</summary>
/// <param name="workspace">The checkout.</param>
/// <param name="name">Name of the task.</param>
internal sealed class WorkFolder(Workspace workspace, string name)
{
    /// <summary>Name of the task's definition in the folder.</summary>
    public const string TaskFile = "hsnas.task.json";

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.Combine(workspace.StateFolder, "find", name);

    /// <summary>The stack's folder.</summary>
    public string StackFolder => In("run");

    /// <summary>The model where the user names no other folder.</summary>
    public string ModelFolder => In("model");

    /// <summary>Seed architectures to train, as JSON.</summary>
    public string ArchitecturesFile => In("architectures.json");

    /// <summary>The task's definition, for people to edit and to use elsewhere.</summary>
    public string DefinitionFile => In(TaskFile);

    /// <summary>What each stage took so far.</summary>
    public StageLedger Ledger => new(In("stages.json"));

    private string In(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Holds the folder for this process; the system lets go of it when the process ends, however that happens.</summary>
    /// <exception cref="CliException">Another process holds it.</exception>
    public IDisposable Hold()
    {
        Directory.CreateDirectory(Path);
        try
        {
            return new FileStream(In("held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new CliException($"The same command is under way: {Workspace.Display(Path)} is in use.");
        }
    }

    /// <summary>The plan that an earlier run made; null where none did, or another version of this program.</summary>
    public async Task<FindPlan?> TryReadPlanAsync(CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<FindPlan>(await File.ReadAllBytesAsync(In("plan.json"), cancellationToken), Json.Options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps the plan, and the definition beside it. The plan is written last: where it is, everything is.</summary>
    public async Task WriteAsync(FindPlan plan, TaskDefinition task, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path);
        await WholeFile.WriteAsync(DefinitionFile, JsonSerializer.SerializeToUtf8Bytes(task, StrictJson.Options), cancellationToken);
        await WholeFile.WriteAsync(In("plan.json"), JsonSerializer.SerializeToUtf8Bytes(plan, Json.Indented), cancellationToken);
    }

    /// <summary>Name of the task of a text: languages, then a hash of the text and of the budget, which decides the lengths.</summary>
    public static string NameOf(string source, string target, string textHash, TimeSpan budget)
    {
        var hash = Hashing.Short($"{textHash} {budget.TotalSeconds:0}")[..8];
        return $"own-{Part(source)}-{Part(target)}-{hash}";

        static string Part(string code)
        {
            var letters = new string([.. code.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(8)]);
            return letters.Length > 0 ? letters : "x";
        }
    }
}

using HsNas.Contracts.Stored;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;
using HsNas.Local.Stack.Storage;
using HsNas.Spaces;
using HsNas.Storage;

namespace HsNas.Cli.Hosting;

/// <summary>Where things lie in a checkout of this repository.</summary>
/// <param name="Root">The repository's root.</param>
internal sealed record Workspace(string Root)
{
    /// <summary>Everything that runs leave behind; not in version control.</summary>
    public string StateFolder => Path.Combine(Root, ".hsnas");

    /// <summary>Prepared data sets and seed trainings, as blobs in files.</summary>
    public string DataFolder => Path.Combine(StateFolder, "data");

    /// <summary>Store of <see cref="DataFolder"/>.</summary>
    public IArtifactStore Data => new DirectoryArtifactStore(DataFolder);

    /// <summary>The definition of a task: an own one that <c>data prepare --definition</c> has stored, or a built-in one.</summary>
    /// <exception cref="TaskDefinitionException">There is none of that name, or it is malformed.</exception>
    public Task<TaskDefinition> TaskAsync(string name, CancellationToken cancellationToken) => Data.GetTaskAsync(name, cancellationToken);

    /// <summary>Unpacked corpora.</summary>
    public string CorporaFolder => Path.Combine(StateFolder, "corpora");

    /// <summary>The stack of <c>hsnas up</c>.</summary>
    public string RunFolder => Path.Combine(StateFolder, "run");

    /// <summary>The last demo: its stack, result and report.</summary>
    public string DemoFolder => Path.Combine(StateFolder, "demo");

    /// <summary>What was measured on this machine.</summary>
    public string DeviceFolder => Path.Combine(StateFolder, "device");

    /// <summary>Seed architectures in version control.</summary>
    public SeedFolders Seeds => new(Root);

    /// <summary>What trained supernets said about a task's seed architectures, in version control.</summary>
    public string SupernetsFile(string task) => Path.Combine(Root, "data", "supernets", task + ".jsonl");

    /// <summary>A path as a user in the current folder would write it.</summary>
    public static string Display(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>The checkout that HSNAS_ROOT names, else the one this program was built in.</summary>
    /// <exception cref="StackException">There is none.</exception>
    public static Workspace Find(Func<string, string?> variable) => new(Checkout.Find(variable));
}

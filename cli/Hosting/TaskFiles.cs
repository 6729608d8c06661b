using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Spaces;

namespace HsNas.Cli.Hosting;

/// <summary>
/// Lets a definition's file stand wherever a command takes a task's name. The definition is stored as the checkout's own task of that
/// name, as <c>data prepare --definition</c> does.
/// </summary>
internal static class TaskFiles
{
    /// <summary>Endings of files that are taken for definitions.</summary>
    public const string Ending = ".task.json";

    private const string DefinitionOption = "--definition";

    /// <summary>The arguments with the names of tasks in the places of their files; others are left alone.</summary>
    /// <exception cref="TaskDefinitionException">A file is no definition.</exception>
    public static async Task<string[]> ResolveAsync(
        string[] args, Func<Workspace> workspace, CancellationToken cancellationToken)
    {
        var resolved = args.ToArray();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].EndsWith(Ending, StringComparison.Ordinal) || !File.Exists(args[i])) continue;
            if (i > 0 && args[i - 1] == DefinitionOption) continue;
            var text = await File.ReadAllTextAsync(args[i], cancellationToken);
            var task = TaskCatalog.Parse(text, Path.GetFileName(args[i]));
            await workspace().Data.WriteTextAsync(BlobLayout.Task(task.Name), text, cancellationToken);
            resolved[i] = task.Name;
        }

        return resolved;
    }
}

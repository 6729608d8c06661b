namespace HsNas.Local.Stack.Storage;

/// <summary>
/// Where a checkout keeps the trained architectures that a task's predictions start from, one file a task in TFS-Eval form.
/// The project's own trainings come before published ones of the same task. Those of a user's own tasks lie with all else that runs
/// leave behind, outside of version control.
/// </summary>
/// <param name="root">The checkout.</param>
public sealed class SeedFolders(string root)
{
    private const string Extension = ".jsonl";

    /// <summary>The file of the project's own trainings of a task, whether it exists or not.</summary>
    public string Own(string task) => Path.Combine(root, "data", "seeds", task + Extension);

    /// <summary>The file of trainings that <c>find</c> made for a user's own task, whether it exists or not.</summary>
    public string Found(string task) => Path.Combine(root, ".hsnas", "seeds", task + Extension);

    /// <summary>The file of a task's seed architectures; null where the checkout has none.</summary>
    public string? Find(string task) => new[] { Own(task), Found(task), Published(task) }.FirstOrDefault(File.Exists);

    /// <summary>Task and file of all seed architectures, in ordinal order of the tasks.</summary>
    public IReadOnlyList<(string Task, string File)> All() =>
        [.. new[] { Own(""), Found(""), Published("") }
            .Select(file => Path.GetDirectoryName(file)!)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*" + Extension))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(task => (task, Find(task)!))];

    private string Published(string task) => Path.Combine(root, "data", "published", "seeds", task + Extension);
}

using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Hosting;

/// <summary>A task that can be trained in this checkout.</summary>
/// <param name="Task">The task, own or built-in.</param>
/// <param name="Recipe">How it is trained.</param>
/// <param name="Dataset">Its data set in force.</param>
internal sealed record PreparedTask(TaskDefinition Task, TrainingRecipe Recipe, DatasetManifest Dataset)
{
    /// <summary>The task called <paramref name="name"/>.</summary>
    /// <exception cref="CliException">It has no training recipe, or no data set here.</exception>
    /// <exception cref="TaskDefinitionException">There is no such task.</exception>
    public static async Task<PreparedTask> OfAsync(Workspace workspace, string name, CancellationToken cancellationToken)
    {
        var task = await workspace.TaskAsync(name, cancellationToken);
        var recipe = task.Training ?? throw new CliException($"{name} is not trained here: its definition has no training recipe.");
        var dataset = await workspace.Data.TryReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(name), cancellationToken)
            ?? throw new CliException($"{name} has no data set here: run './hsnas data prepare {name}'.");
        return new PreparedTask(task, recipe, dataset);
    }
}

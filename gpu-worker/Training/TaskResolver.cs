using HsNas.Contracts.Stored;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.GpuWorker.Training;

/// <summary>Finds a task definition, a user's own blob first, then the built-in ones, and checks architectures against it.</summary>
internal static class TaskResolver
{
    /// <summary>The trainable task called <paramref name="name"/>.</summary>
    /// <exception cref="JobFailedException">Unknown, or without a training recipe.</exception>
    public static async Task<TaskDefinition> ResolveAsync(IArtifactStore store, string name, CancellationToken cancellationToken)
    {
        try
        {
            var task = await store.GetTaskAsync(name, cancellationToken);
            return task.Training is null ? throw new JobFailedException($"Task {name} has no training recipe.") : task;
        }
        catch (TaskDefinitionException e)
        {
            throw new JobFailedException(e.Message, e);
        }
    }

    /// <summary>Checks an architecture against a task's space.</summary>
    /// <exception cref="JobFailedException">Names what is outside.</exception>
    public static void Validate(Architecture architecture, SearchSpace space)
    {
        try
        {
            new GeneCodec(space).Validate(architecture);
        }
        catch (Exception e) when (e is ArgumentException or InvalidInputException)
        {
            throw new JobFailedException(e.Message, e);
        }
    }
}

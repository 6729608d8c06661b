using System.Text.Json;
using HsNas.Cli.Hosting;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Seeds;

/// <summary>A finished training of a seed architecture.</summary>
/// <param name="Id">Its place among the task's seed architectures: <c>arch_id</c>.</param>
/// <param name="Input">What was asked.</param>
/// <param name="Result">What came out.</param>
/// <param name="Device">Fingerprint of the device that trained.</param>
/// <param name="Date">Day on which the training ended, UTC.</param>
internal sealed record SeedTraining(int Id, TrainFromScratchInput Input, TrainFromScratchResult Result, string Device, DateOnly Date)
{
    /// <summary>The architecture.</summary>
    public Architecture Architecture => Input.Architecture;
}

/// <summary>The trainings of a task's seed architectures as the worker's <c>seeds</c> sub-command leaves them.</summary>
/// <param name="Task">The task.</param>
/// <param name="Dataset">Its data set.</param>
/// <param name="Finished">Finished ones, by id.</param>
/// <param name="Problems">What is missing or failed, in words.</param>
internal sealed record SeedTrainings(
    TaskDefinition Task, DatasetManifest Dataset, IReadOnlyList<SeedTraining> Finished, IReadOnlyList<string> Problems)
{
    // The worker draws its seed architectures with this seed; a training is recognised by its architecture, so a
    // disagreement would show as missing trainings, never as wrong rows.
    private const long ArchitectureSeed = 2026;

    /// <summary>Reads those of drawn architectures from the checkout's data folder; those on a teacher's text where one is given.</summary>
    /// <exception cref="CliException">There is no data set, or no finished training.</exception>
    public static async Task<SeedTrainings> ReadAsync(
        Workspace workspace, string name, int count, CancellationToken cancellationToken, SeedText? text = null)
    {
        var task = await workspace.TaskAsync(name, cancellationToken);
        return await ReadAsync(
            workspace, name, [.. new ArchitectureSampler(task.Space, ArchitectureSeed).Distinct(count)], cancellationToken, text);
    }

    /// <summary>Reads those of <paramref name="architectures"/>, whose places become the ids.</summary>
    /// <exception cref="CliException">There is no data set, or no finished training.</exception>
    public static async Task<SeedTrainings> ReadAsync(
        Workspace workspace, string name, IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken,
        SeedText? text = null)
    {
        var prepared = await PreparedTask.OfAsync(workspace, name, cancellationToken);
        var (task, recipe, dataset) = prepared;
        var teacher = text?.IdOf(prepared);
        var count = architectures.Count;
        var order = architectures
            .Select((architecture, id) => (architecture.Key, id))
            .ToDictionary(p => p.Key, p => p.id, StringComparer.Ordinal);
        var (finished, problems) = (new List<SeedTraining>(), new List<string>());
        await foreach (var (jobId, input) in InputsAsync(workspace.Data, cancellationToken))
        {
            if (input.Task != name || input.Dataset != dataset.Hash || input.Steps != recipe.ScratchSteps
                || input.Warmup != recipe.ScratchWarmup || input.Keep is not null || input.DistilText?.Teacher != teacher
                || !order.TryGetValue(input.Architecture.Key, out var id)) continue;
            var result = await workspace.Data.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(jobId), cancellationToken);
            if (result?.Error is { } error) problems.Add($"Architecture {id} failed: {error}");
            if (result?.Value is not { } value) continue;
            var date = File.GetLastWriteTimeUtc(Path.Combine(workspace.DataFolder, BlobLayout.JobOutput(jobId).ToString()));
            finished.Add(new SeedTraining(
                id, input, value.Deserialize<TrainFromScratchResult>(Json.Options)!, result.Worker, DateOnly.FromDateTime(date)));
        }

        if (finished.Count == 0)
            throw new CliException(
                $"No training of a seed architecture of {name} on data set {dataset.Hash} is finished: run './hsnas seeds train {name}'.");
        if (finished.Count < count) problems.Add($"{count - finished.Count} of {count} trainings are not finished.");
        return new SeedTrainings(task, dataset, [.. finished.OrderBy(t => t.Id)], problems);
    }

    private static async IAsyncEnumerable<(string JobId, TrainFromScratchInput Input)> InputsAsync(
        IArtifactStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in store.ListAsync(BlobLayout.Jobs, "", cancellationToken))
        {
            if (BlobLayout.JobOfInput(blob) is not { } jobId) continue;
            TrainFromScratchInput? input;
            try
            {
                input = await store.ReadJsonAsync<TrainFromScratchInput>(BlobLayout.JobInput(jobId), cancellationToken);
            }
            catch (JsonException)
            {
                continue; // A job of another kind.
            }

            yield return (jobId, input);
        }
    }
}

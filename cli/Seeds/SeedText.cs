using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Models;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Kernel;
using HsNas.Kernel.Validation;

namespace HsNas.Cli.Seeds;

/// <summary>A teacher whose translations seed architectures are trained on (docs/method.md, "Sequence-level distillation").</summary>
/// <param name="Name"><see cref="TextDistillation.Largest"/>, or the folder of an exported model.</param>
/// <param name="Steps">Updates of the largest architecture's training; null: as <see cref="TextDistillation"/> says.</param>
internal sealed record SeedText(string Name, int? Steps)
{
    private const long TrainingSeed = 1;

    private bool IsTrained => Name == TextDistillation.Largest;

    /// <summary>The id under which the teacher lies in a store.</summary>
    /// <exception cref="CliException">The folder holds no model.</exception>
    /// <exception cref="OptionException">Updates are given for a model that is trained already.</exception>
    public string IdOf(PreparedTask prepared) => IsTrained
        ? WorkerJob.IdOf(JobKinds.TrainFromScratch, Training(prepared))
        : Model().Id;

    /// <summary>Has the teacher trained, or stores it, and has the training text translated, on as many cores as asked.</summary>
    /// <returns>The teacher's id.</returns>
    /// <exception cref="CliException">A job failed; what it said was shown.</exception>
    public async Task<string> PrepareAsync(CommandContext context, PreparedTask prepared, int side, CancellationToken cancellationToken)
    {
        var (task, _, dataset) = prepared;
        string id;
        if (IsTrained)
        {
            id = IdOf(prepared);
            await RunAsync(context, [DirectJob.Of(JobKinds.TrainFromScratch, Training(prepared))], 1, cancellationToken);
        }
        else
        {
            var model = Model();
            id = model.Id;
            await model.WriteAsync(context.Workspace.Data, cancellationToken);
        }

        var translations = DistilledText.Of(id, dataset).Translations(task.Name, dataset.Hash);
        await RunAsync(context, [.. translations.Select(t => DirectJob.Of(JobKinds.TranslateText, t))], side, cancellationToken);
        return id;
    }

    private TrainFromScratchInput Training(PreparedTask prepared) =>
        new TextDistillation { Steps = Steps }.ToTraining(prepared.Task, prepared.Dataset.Hash, winner: null, TrainingSeed);

    private ModelUpload Model()
    {
        OptionException.ThrowUnless(
            Steps is null, TextFields.Steps.Option!, Steps, $"left out, unless the teacher is {TextDistillation.Largest}");
        return ModelUpload.Of(Name);
    }

    private static async Task RunAsync(
        CommandContext context, IReadOnlyList<DirectJob> jobs, int side, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-jobs-");
        try
        {
            var file = Path.Combine(folder.FullName, "jobs.json");
            await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(jobs, Json.Options), cancellationToken);
            var code = await new WorkerProgram(context.Workspace).StreamSharesAsync(
                ["jobs", context.Workspace.DataFolder, file], side, context.Say, cancellationToken);
            if (code != 0) throw new CliException("The teacher's text is not there; see above. The same command goes on.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

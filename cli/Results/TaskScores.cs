using HsNas.Cli.CommandLine;
using HsNas.Cli.Predictors;
using HsNas.Cli.Seeds;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Spaces;

namespace HsNas.Cli.Results;

/// <summary>All predictors of a task scored on its trained architectures.</summary>
/// <param name="Data">The architectures.</param>
/// <param name="Supernets">Our own supernets' figures; empty for architectures of another file.</param>
/// <param name="Rows">What was built on floors and on models; null where that was not asked for.</param>
/// <param name="Report">The scores.</param>
internal sealed record TaskScores(
    TfsEvalSet Data, IReadOnlyList<SupernetRow> Supernets, LanguageModelRows? Rows, PredictorScoreReport Report)
{
    /// <summary>Reads and scores.</summary>
    /// <param name="context">The checkout and its supernet kinds.</param>
    /// <param name="task">The task.</param>
    /// <param name="file">A TFS-Eval file; null: the task's own seed architectures, and the supernets that go with them.</param>
    /// <param name="models">Models to build predictors on; null: no predictors are built on floors either.</param>
    /// <param name="options">How to score.</param>
    /// <param name="cancellationToken">Stops asking and scoring.</param>
    public static async Task<TaskScores> RunAsync(
        CommandContext context, TaskDefinition task, FileInfo? file, IReadOnlyList<LanguageModelSession>? models,
            PredictorScoreOptions options,
        CancellationToken cancellationToken)
    {
        var data = SeedFile.Read(context.Workspace, task, file);
        // Our own supernets go with our own seed architectures; another file brings its own.
        IReadOnlyList<SupernetRow> supernets =
            file is null
                ? await SupernetFile.ReadAsync(context.Workspace.SupernetsFile(task.Name), data.Records.Count, cancellationToken) : [];
        var shown = options.Demonstrations is { } count ? data.WithDemonstrations(count) : data;
        var rows = models is null ? null : await LanguageModelRows.FitAsync(task, shown, models, cancellationToken);
        var extra = options with { Extra = [.. rows?.Rows ?? [], .. SupernetPredictors.Of(supernets, data, context.SupernetKinds)] };
        return new TaskScores(data, supernets, rows, await PredictorScoreReport.RunAsync(task, data, extra, cancellationToken));
    }
}

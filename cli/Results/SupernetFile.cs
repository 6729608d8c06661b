using System.Globalization;
using System.Text.Json;
using HsNas.Cli.Data;
using HsNas.Cli.Hosting;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Cli.Results;

/// <summary>Supernets trained by the worker's <c>supernet</c> sub-command, as a file kept in version control.</summary>
internal static class SupernetFile
{
    /// <summary>
    /// The finished supernets of a data set that evaluated exactly <paramref name="architectures"/>, by number of updates, then in
    /// the order of <paramref name="kinds"/>.
    /// </summary>
    public static async Task<IReadOnlyList<SupernetRow>> CollectAsync(
        Workspace workspace, string task, string dataset, IReadOnlyList<Architecture> architectures, SupernetKinds kinds,
        CancellationToken cancellationToken)
    {
        var (trainings, evaluations) =
            (new List<FinishedJob<TrainSupernetInput, TrainSupernetResult>>(), new List<FinishedJob<EvaluateInput, EvaluateResult>>());
        await foreach (var blob in workspace.Data.ListAsync(BlobLayout.Jobs, "", cancellationToken))
        {
            if (BlobLayout.JobOfOutput(blob) is not { } id) continue;
            var output = await workspace.Data.ReadJsonAsync<JobResult>(BlobLayout.JobOutput(id), cancellationToken);
            if (output is { Kind: JobKinds.TrainSupernet, Error: null })
                trainings.Add(await ReadAsync<TrainSupernetInput, TrainSupernetResult>(workspace, id, output, cancellationToken));
            if (output is { Kind: JobKinds.Evaluate, Error: null })
                evaluations.Add(await ReadAsync<EvaluateInput, EvaluateResult>(workspace, id, output, cancellationToken));
        }

        var keys = architectures.Select(a => a.Key).ToList();
        var pairs = from training in trainings
                    where training.Input.Task == task && training.Input.Dataset == dataset
                    from evaluation in evaluations
                    where evaluation.Input.Checkpoint == training.Result.Checkpoint && evaluation.Input.Dataset == dataset
                        && evaluation.Input.Architectures.Select(a => a.Key).SequenceEqual(keys, StringComparer.Ordinal)
                    select Row(training, evaluation, kinds);
        var order = kinds.Ids.ToList();
        return [.. pairs.OrderBy(r => r.Steps).ThenBy(r => order.IndexOf(r.Kind))];
    }

    /// <summary>Writes rows, one a line.</summary>
    public static Task WriteAsync(string file, IEnumerable<SupernetRow> rows, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        return File.WriteAllTextAsync(file, JsonRows.Write(rows), cancellationToken);
    }

    /// <summary>Reads a file; empty where there is none.</summary>
    /// <exception cref="DataFormatException">A line is not a supernet of <paramref name="architectures"/> architectures.</exception>
    public static async Task<IReadOnlyList<SupernetRow>> ReadAsync(string file, int architectures, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) return [];
        var rows = new List<SupernetRow>();
        foreach (var line in (await File.ReadAllLinesAsync(file, cancellationToken)).Where(l => l.Length > 0))
        {
            var row = Parse(file, rows.Count + 1, line);
            if (row.ValidLossBits.Count != architectures || row.ValidBleu.Count != architectures)
                throw new DataFormatException(
                    Path.GetFileName(file), "valid_loss_bits, valid_bleu", $"{row.ValidLossBits.Count}, {row.ValidBleu.Count} values",
                    $"{architectures}, one a seed architecture", rows.Count + 1);
            rows.Add(row);
        }

        return rows;
    }

    private static SupernetRow Parse(string file, int line, string text)
    {
        try
        {
            return JsonRows.Read<SupernetRow>(text);
        }
        catch (JsonException e)
        {
            throw new DataFormatException(
                Path.GetFileName(file), e.Path ?? "line", e.Message, "a line as 'hsnas supernets collect' writes it", line);
        }
    }

    private static async Task<FinishedJob<TInput, TResult>> ReadAsync<TInput,
        TResult>(Workspace workspace, string id, JobResult output, CancellationToken cancellationToken)
    {
        var input = await workspace.Data.ReadJsonAsync<TInput>(BlobLayout.JobInput(id), cancellationToken);
        var date = File.GetLastWriteTimeUtc(Path.Combine(workspace.DataFolder, BlobLayout.JobOutput(id).ToString()));
        return new FinishedJob<TInput,
            TResult>(input, output.Value!.Value.Deserialize<TResult>(Json.Options)!, output.Worker, DateOnly.FromDateTime(date));
    }

    private static SupernetRow Row(
        FinishedJob<TrainSupernetInput, TrainSupernetResult> training, FinishedJob<EvaluateInput, EvaluateResult> evaluation,
            SupernetKinds kinds) => new()
    {
        Kind = training.Input.Kind,
        Dataset = training.Input.Task,
        Corpus = training.Input.Dataset,
        Steps = training.Input.Steps,
        Warmup = training.Input.Warmup,
        Seed = training.Input.Seed,
        Experts = kinds.Of(training.Input.Kind).Mixes ? training.Input.Experts ?? SupernetKinds.DefaultExperts : null,
        RouterWidth = kinds.Of(training.Input.Kind).Mixes ? training.Input.RouterWidth ?? SupernetKinds.DefaultRouterWidth : null,
        TrainingLossNats = Math.Round(training.Result.TrainingLossNats, 4),
        TrainCpuSeconds = Math.Round(training.Result.CpuSeconds ?? training.Result.Seconds, 1),
        LossCpuSeconds = Math.Round(evaluation.Result.LossCpuSeconds, 1),
        BleuCpuSeconds = Math.Round(evaluation.Result.BleuCpuSeconds, 1),
        ValidLossBits = [.. evaluation.Result.LossBits.Select(l => Math.Round(l, 6))],
        ValidBleu = [.. evaluation.Result.ValidBleu.Select(b => Math.Round(b, 4))],
        Device = training.Device,
        Date = training.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private sealed record FinishedJob<TInput, TResult>(TInput Input, TResult Result, string Device, DateOnly Date);
}

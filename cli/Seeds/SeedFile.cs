using System.Globalization;
using HsNas.Cli.Data;
using HsNas.Cli.Hosting;
using HsNas.Contracts.Jobs;
using HsNas.Evaluation.TfsEval;
using HsNas.Spaces;

namespace HsNas.Cli.Seeds;

/// <summary>
/// Trained architectures as a TFS-Eval file: reads them, and writes finished trainings so that the project's own reader accepts
/// them.
/// </summary>
internal static class SeedFile
{
    /// <summary>Reads <paramref name="file"/>, or the task's own seed architectures where it is null.</summary>
    /// <exception cref="CliException">There is no such file.</exception>
    /// <exception cref="HsNas.Kernel.Validation.DataFormatException">A line does not fit the task.</exception>
    public static TfsEvalSet Read(Workspace workspace, TaskDefinition task, FileInfo? file = null)
    {
        var source = file ?? new FileInfo(workspace.Seeds.Find(task.Name) ?? workspace.Seeds.Own(task.Name));
        if (!source.Exists) throw new CliException(file is not null ? $"{file} does not exist."
            : $"{task.Name} has no seed architectures: {Workspace.Display(source.FullName)} does not exist. Run './hsnas seeds train "
                + $"{task.Name}' and './hsnas seeds collect {task.Name}', or name a file with --tfs-eval where the command takes one.");
        using var reader = source.OpenText();
        return TfsEvalReader.Read(reader, source.Name, task);
    }

    /// <summary>The file's text, one line a training; <paramref name="latencies"/> in the order of the trainings, or null.</summary>
    /// <exception cref="HsNas.Kernel.Validation.InvalidInputException">The rows do not make a usable file, for example too few for
    /// a split.</exception>
    public static string Create(SeedTrainings trainings, MeasureLatencyResult? latencies)
    {
        var cost = CostModel.For(trainings.Task);
        var rows = trainings.Finished.Select(
            (t, i) => Row(trainings.Task, t, cost.Evaluate(t.Architecture), latencies?.Measurements[i], latencies?.Device)).ToList();
        // Reading the rows back checks every figure, and draws the splits in the one place that draws them.
        var drawn = TfsEvalReader.Read(new StringReader(Lines(rows)), $"seeds of {trainings.Task.Name}", trainings.Task);
        return Lines(rows.Select(r => r with { Splits = Places(drawn, r.ArchId) }));
    }

    private static SeedRow Row(TaskDefinition task, SeedTraining training, Cost cost, LatencyMeasurement? latency, string? latencyDevice)
    {
        var a = training.Architecture;
        return new SeedRow
        {
            ArchId = training.Id,
            Dataset = task.Name,
            EncDim = a.EncoderEmbedDim,
            EncLayers = a.EncoderLayers,
            EncFfn = a.EncoderFfnDims,
            EncHeads = a.EncoderHeads,
            DecDim = a.DecoderEmbedDim,
            DecLayers = a.DecoderLayers,
            DecFfn = a.DecoderFfnDims,
            DecSelfHeads = a.DecoderSelfHeads,
            DecCrossHeads = a.DecoderCrossHeads,
            DecArbitrary = a.DecoderArbitrary,
            TfsValidBleu = Math.Round(training.Result.ValidBleu, 4),
            TfsTestBleu = Math.Round(training.Result.TestBleu, 4),
            ParamsNoEmbed = cost.ParametersWithoutEmbeddings,
            ParamsEmbed = cost.EmbeddingParameters,
            LatencyMs = latency is null ? null : Math.Round(latency.TotalMean, 4),
            TotalFlops = cost.TotalFlops,
            LastLayerFlops = cost.LastLayerFlops,
            TotalFlopsWithoutLastLayer = cost.FlopsWithoutLastLayer,
            Corpus = training.Input.Dataset,
            Steps = training.Input.Steps,
            Seed = training.Input.Seed,
            ValidLossBits = Math.Round(training.Result.ValidLossBits, 6),
            TrainSeconds = Math.Round(training.Result.Seconds, 1),
            Device = training.Device,
            LatencyDevice = latency is null ? null : latencyDevice,
            Date = training.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }

    private static Dictionary<string, SeedPlace> Places(TfsEvalSet set, int id) => set.Splits.ToDictionary(
        split => split.Seed,
        split => PlaceIn(split.Demonstrations, id) is var position and >= 0
            ? new SeedPlace("train", position) : new SeedPlace("test", PlaceIn(split.Tests, id)));

    private static int PlaceIn(IReadOnlyList<TfsEvalRecord> records, int id) => records.Select(r => r.ArchitectureId).ToList().IndexOf(id);

    private static string Lines(IEnumerable<SeedRow> rows) => JsonRows.Write(rows);
}

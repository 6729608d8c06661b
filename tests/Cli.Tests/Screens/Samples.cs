using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Cli.Tests.Screens;

/// <summary>Made-up searches to show.</summary>
internal static class Samples
{
    public static readonly Architecture Architecture = new()
    {
        EncoderEmbedDim = 64,
        EncoderFfnDims = [128, 256],
        EncoderHeads = [4, 2],
        DecoderEmbedDim = 48,
        DecoderFfnDims = [64],
        DecoderSelfHeads = [2],
        DecoderCrossHeads = [4],
        DecoderArbitrary = [1],
    };

    public static SearchStatus Status(string status, params StageStatus[] stages) =>
        new("id", status, stages, null, new Dictionary<string, string>());

    public static StageStatus Stage(
        string name, StageState state, long done = 0, long total = 0, string? unit = null, string? note = null, double? seconds = null) =>
        new(name, state, done, total, unit, note, seconds);

    public static SearchResult Result(
        double measuredMs = 8.0, string model = "in-context-regression-1", bool compare = false, bool winner = true) => new()
    {
        Id = "id",
        Request = new SearchRequest { Task = "tiny-en-de", Limits = new SearchConstraints { LatencyMs = 9.3 } },
        Dataset = "abcd",
        DeviceFingerprint = "cpu-x",
        Runs =
        [
            Run(RunKind.Requested, "HS-NAS", measuredMs, winner),
            .. compare ? [Run(RunKind.Comparison, "HAT", 12, winner: true)] : Array.Empty<RunResult>(),
        ],
        StageSeconds = new Dictionary<string, double> { ["supernet"] = 70.2, ["report"] = 0.01 },
        Labels = new LabelStatistics(model, 3000, 3000, 2990, 4_200_000, 12_000),
        Predictor = new PredictorQuality(0.9, null, 1.1, 0.5, []),
        LatencyMape = 7.5,
    };

    private static RunResult Run(RunKind kind, string name, double measuredMs, bool winner)
    {
        var measured = new LatencyMeasurement(1, measuredMs - 1, 0.1, 0.1, measuredMs, measuredMs);
        var finalist = new Finalist
        {
            Architecture = Architecture,
            Score = 6.6,
            GFlops = 0.0121,
            GFlopsWithoutLastLayer = 0.0085,
            ParametersMillions = 0.403,
            PredictedMs = measuredMs + 0.5,
            Measured = measured,
        };
        return new RunResult
        {
            Kind = kind,
            Name = name,
            Winner = winner ? finalist : null,
            Finalists = [finalist],
            Trace = [],
            DistilledSeconds = 1.25,
            SupernetSeconds = 60,
            SupernetScorings = 1234,
            Rankers = new Dictionary<string, RankerTally> { ["distilled"] = new(15, 1.25, 1875), ["supernet"] = new(15, 60, 1234) },
            Training = winner ? new TrainFromScratchResult(5.4321, 14.07, 12.58, 90, 1_000_000, "checkpoints/x") : null,
        };
    }
}

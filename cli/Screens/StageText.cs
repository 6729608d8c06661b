using HsNas.Contracts.Requests;

namespace HsNas.Cli.Screens;

/// <summary>A stage in words.</summary>
internal static class StageText
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        [SearchStages.Resolve] = "Check the request",
        [SearchStages.Latency] = "Latency predictor",
        [SearchStages.Distillation] = "Labels, distilled MLP",
        [SearchStages.Supernet] = "Supernet training",
        [SearchStages.Search] = "HS-NAS search",
        [SearchStages.Comparison] = "HAT search (compare)",
        [SearchStages.Floors] = "Score simpler ways",
        [SearchStages.Verification] = "Measure finalists",
        [SearchStages.Text] = "Teacher translates text",
        [SearchStages.Training] = "Train the winner",
        [SearchStages.Report] = "Result and report",
    };

    /// <summary>The stage's name for people.</summary>
    public static string Label(string stage) => Labels.GetValueOrDefault(stage, stage);

    /// <summary>The share done, 0 to 1; null where it cannot be known.</summary>
    public static double? Share(StageStatus stage) => stage.State switch
    {
        StageState.Done => 1,
        StageState.Running when stage.Total > 0 => Math.Clamp((double)stage.Done / stage.Total, 0, 1),
        StageState.Waiting => 0,
        _ => null,
    };

    /// <summary>Seconds that a stage should still take at its own pace; null where that cannot be known.</summary>
    public static double? Left(StageStatus stage) =>
        stage is { State: StageState.Running, Done: > 0, Seconds: { } seconds } && stage.Total > stage.Done
            ? seconds / stage.Done * (stage.Total - stage.Done) : null;

    /// <summary>"312/1,000 steps", "done", "running".</summary>
    public static string Amount(StageStatus stage) => stage is { State: StageState.Running, Total: > 0 }
        ? $"{stage.Done:N0}/{stage.Total:N0} {stage.Unit}".TrimEnd()
        : stage.State.ToString().ToLowerInvariant();

    /// <summary>"12 s", "3:05 min"; empty where unknown.</summary>
    public static string Duration(double? seconds) => seconds switch
    {
        null => "",
        < 10 => $"{seconds:0.0} s",
        < 100 => $"{seconds:0} s",
        _ => $"{(int)(seconds.Value / 60)}:{(int)(seconds.Value % 60):00} min",
    };
}

using System.Globalization;
using HsNas.Local.Stack;

namespace HsNas.Trials;

/// <summary>How stacks of trials are set up: a search takes seconds, and a killed process is started again at once.</summary>
internal static class TrialStack
{
    /// <summary>Options for a stack in a folder of its own that reaches the model through a recorder.</summary>
    public static StackOptions Of(StackOptions stack, string folder, Uri recorder, int labelBatch) => stack with
    {
        RunFolder = folder,
        DataFolder = Path.Combine(folder, "no-data"),
        ModelFront = recorder,
        LongestRestartWait = TimeSpan.FromMilliseconds(300),
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RedistilSchedule"] = "0 0 3 1 1 *",
            ["Llm__BatchSize"] = labelBatch.ToString(CultureInfo.InvariantCulture),
            ["Llm__ModelVersion"] = "1",
            ["Pipeline__LatencyArchitectures"] = "12",
            ["Pipeline__LatencyRuns"] = "2",
            ["Pipeline__VerificationRuns"] = "2",
            ["Pipeline__VerificationPasses"] = "3",
            ["Pipeline__ScoreJobs"] = "2",
            ["Worker__Visibility"] = "00:00:04",
        },
    };
}

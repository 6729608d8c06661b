using HsNas.Contracts.Jobs;

namespace HsNas.Cli.Find.Planning;

/// <summary>
/// Seconds of each stage, out of what was measured. What does not depend on the text (starting processes, asking for labels, turns of
/// the orchestration) was measured once on an idle core of an AMD EPYC, and is scaled by how fast fixed work is done here now.
/// </summary>
/// <param name="probe">What work costs here.</param>
/// <param name="text">How much text there is.</param>
/// <param name="workers">Worker processes side by side.</param>
/// <param name="limitMs">The latency limit.</param>
internal sealed class StageCosts(TrainingProbe probe, TextSize text, int workers, double limitMs)
{
    private const double ReferenceFixedWork = 0.060;
    private const double StartSeconds = 10;
    private const double LabelSeconds = 22;
    private const double TurnSeconds = 15;
    private const double JobSeconds = 2;
    private const double ReportSeconds = 5;

    // What local/Stack/StackPlan.cs asks for. A measurement calls the architecture twice to warm it up and five times to time it, and
    // the smallest one before each call and after the last.
    private const int MeasuredArchitectures = 120;
    private const int MeasuringPasses = 3;
    private const int CallsEach = 7;
    private const int CallsOfSmallest = 8;
    private const int Finalists = 25;
    private const int FinalistPasses = 8;

    // In scorings of a candidate on the whole scoring text: what searches of the default size took (docs/benchmarks.md, "search work").
    private const double SearchScorings = 150;
    private const double FloorScorings = 40;

    /// <summary>How much longer fixed work takes than on the reference machine.</summary>
    public double Slowdown { get; } = Math.Max(0.3, probe.FixedWorkSeconds / ReferenceFixedWork);

    /// <summary>Trainings of <paramref name="count"/> seed architectures, side by side.</summary>
    public double Seeds(int count, int steps) =>
        Math.Ceiling((double)count / workers) * ((steps * probe.UpdateSeconds) + EvaluationSeconds);

    /// <summary>What a trained model's scores cost, apart from its updates.</summary>
    public double EvaluationSeconds =>
        probe.LoadSeconds + probe.ValidationSeconds + ((text.Validation + text.Test) * probe.SentenceSeconds);

    /// <summary>Training the supernet.</summary>
    public double Supernet(int steps) => (steps * probe.UpdateSeconds) + probe.LoadSeconds + (JobSeconds * Slowdown);

    /// <summary>Training the winner, with looks at the validation loss on the way.</summary>
    public double Winner(int steps) =>
        (steps * probe.LargestUpdateSeconds) + (22 * probe.ValidationSeconds) + EvaluationSeconds + (JobSeconds * Slowdown);

    /// <summary>Starting storage, model, function app and workers.</summary>
    public double Start => StartSeconds * Slowdown;

    /// <summary>Measuring latencies and fitting their predictor.</summary>
    public double Latency =>
        (MeasuredArchitectures * MeasuringPasses * MeasurementSeconds(probe.MeanMs)) + (2 * JobSeconds * Slowdown);

    /// <summary>Labels and the distilled predictor.</summary>
    public double Labels => LabelSeconds * Slowdown;

    /// <summary>All generations, and what simpler ways would have found.</summary>
    public double Search => ((SearchScorings + FloorScorings) * probe.ScoringSeconds) + (TurnSeconds * Slowdown);

    /// <summary>Measuring the finalists.</summary>
    public double Verification =>
        (Finalists * FinalistPasses * MeasurementSeconds(Math.Min(limitMs, probe.SlowestMs))) + (JobSeconds * Slowdown);

    /// <summary>Report, model and examples.</summary>
    public double Ending => ReportSeconds * Slowdown;

    /// <summary>All that no length changes.</summary>
    public double Constant => Start + Latency + Labels + Search + Verification + Ending;

    private double MeasurementSeconds(double ms) => ((CallsEach * ms) + (CallsOfSmallest * probe.FastestMs)) / 1000;
}

namespace HsNas.Simulation.Parts;

/// <summary>What comes in, and what a search asks of each part. Seconds are of the device's worker, or of one processor.</summary>
internal sealed record Workload
{
    /// <summary>Searches, 1 to 100,000.</summary>
    public int Searches { get; init; } = 100;

    /// <summary>Hours over which they come, at random; 0: all at once.</summary>
    public double Hours { get; init; }

    /// <summary>Tasks that they are spread over. Each needs labels, a predictor, a supernet and latencies once.</summary>
    public int Tasks { get; init; } = 1;

    /// <summary>Questions to the language model for a task.</summary>
    public int Labels { get; init; } = 3_000;

    /// <summary>Questions that one distillation has in flight: four batches of eight.</summary>
    public int LabelsInFlight { get; init; } = 32;

    /// <summary>Tokens of a question with its answer.</summary>
    public double TokensPerLabel { get; init; } = 3_050;

    /// <summary>Training of a task's predictor, an activity.</summary>
    public double Distillation { get; init; } = 20;

    /// <summary>Training of a task's supernet, a job.</summary>
    public double Supernet { get; init; }

    /// <summary>Latencies for a task's predictor of them, a job.</summary>
    public double Latencies { get; init; }

    /// <summary>Generations that the distilled predictor ranks, each an activity.</summary>
    public int DistilledGenerations { get; init; } = 15;

    /// <summary>One of them.</summary>
    public double DistilledGeneration { get; init; } = 0.07;

    /// <summary>Jobs of supernet scoring, one after the other: generations, and rounds of their races.</summary>
    public int ScoringJobs { get; init; } = 30;

    /// <summary>One of them.</summary>
    public double Scoring { get; init; }

    /// <summary>Finalists measured and scored, a job.</summary>
    public double Verification { get; init; }

    /// <summary>Training of the winner, a job; 0: none.</summary>
    public double Winner { get; init; }

    /// <summary>Requests to storage of an activity, a job or a question: message, input, output, history.</summary>
    public int RequestsPerStep { get; init; } = 6;

    /// <summary>Seeds arrivals, losses and waits.</summary>
    public long Seed { get; init; } = 1;
}

namespace HsNas.Simulation.Parts;

/// <summary>What a simulated deployment consists of. Seconds unless a name says otherwise; dollars.</summary>
internal sealed record Deployment
{
    /// <summary>GPU workers at most (KEDA's maxReplicas), 1 or more.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>From the decision to start a worker until it takes its first job: a node, the image of several GB, libtorch.</summary>
    public double WorkerStart { get; init; } = 180;

    /// <summary>How long a worker without a job is kept (KEDA's cool-down period).</summary>
    public double WorkerIdle { get; init; } = 300;

    /// <summary>How often KEDA looks at the queue.</summary>
    public double ScalePolling { get; init; } = 30;

    /// <summary>Losses of a spot worker an hour; 0: bought at the full price.</summary>
    public double SpotLossesPerHour { get; init; }

    /// <summary>After this a lost worker's job is visible again (WorkerOptions.Visibility).</summary>
    public double JobVisibility { get; init; } = 30;

    /// <summary>Between two checkpoints of a job: what a loss repeats, at most.</summary>
    public double Checkpoint { get; init; } = 60;

    /// <summary>Price of a worker an hour.</summary>
    public double WorkerPrice { get; init; } = 3.67;

    /// <summary>Function instances at most.</summary>
    public int Instances { get; init; } = 10;

    /// <summary>Activities that an instance runs side by side.</summary>
    public int ActivitiesPerInstance { get; init; } = 10;

    /// <summary>Start of a function app that was scaled to zero.</summary>
    public double AppStart { get; init; } = 10;

    /// <summary>Control queues of the task hub, 1 to 16; one orchestrator turn at a time runs on each.</summary>
    public int Partitions { get; init; } = 4;

    /// <summary>A turn of an orchestrator: replay, and a commit of its history.</summary>
    public double Turn { get; init; } = 0.05;

    /// <summary>Longest wait between two looks at an empty queue of the task hub (maxQueuePollingInterval).</summary>
    public double HubPolling { get; init; } = 30;

    /// <summary>Longest wait between two looks at the queue of replies (queues.maxPollingInterval; host.json
    /// says 0.1 s, which costs a lone app seven cents a day in requests).</summary>
    public double ReplyPolling { get; init; } = 1;

    /// <summary>One request to storage.</summary>
    public double Storage { get; init; } = 0.02;

    /// <summary>Price of 10,000 requests to storage.</summary>
    public double StoragePrice { get; init; } = 0.05;

    /// <summary>Tokens a minute that the language model's deployment allows.</summary>
    public double TokensPerMinute { get; init; } = 2_000_000;

    /// <summary>Requests a minute that it allows.</summary>
    public double RequestsPerMinute { get; init; } = 20_000;

    /// <summary>An answer that was not refused.</summary>
    public double Answer { get; init; } = 1.2;

    /// <summary>Wait that a refusal (429) asks for.</summary>
    public double RetryAfter { get; init; } = 10;

    /// <summary>Price of a million prompt tokens; most of a prompt repeats and is cheaper.</summary>
    public double TokenPrice { get; init; } = 0.08;

    /// <summary>
    /// All parts on one machine with this many processors, as <c>./hsnas load</c> has it; null: parts do not disturb each other.
    /// </summary>
    public int? OneMachine { get; init; }
}

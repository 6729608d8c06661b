namespace HsNas.Evolution.Constraints;

/// <summary>Ids of the built-in constraints: the names of their JSON fields.</summary>
public static class ConstraintIds
{
    /// <summary>Latency on the search's device.</summary>
    public const string LatencyMs = "latencyMs";

    /// <summary>GFLOPs, output layer included.</summary>
    public const string GFlops = "gFlops";

    /// <summary>GFLOPs without the output layer.</summary>
    public const string GFlopsWithoutLastLayer = "gFlopsWithoutLastLayer";

    /// <summary>Model size.</summary>
    public const string ParametersMillions = "parametersMillions";

    /// <summary>An encoder that is not shallower than the decoder.</summary>
    public const string EncoderAtLeastAsDeep = "encoderAtLeastAsDeep";
}

/// <summary>Ids of objectives that are no constraints.</summary>
public static class ObjectiveIds
{
    /// <summary>The score by which rankers rank.</summary>
    public const string Quality = "quality";
}

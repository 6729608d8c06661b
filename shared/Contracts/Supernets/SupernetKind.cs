namespace HsNas.Contracts.Supernets;

/// <summary>A kind of weight-sharing supernet (docs/method.md, "Supernet kinds").</summary>
/// <param name="Id">Its name in requests, job inputs and weight files.</param>
/// <param name="Label">What a search on it is called in results and reports, for example "HAT (sandwich)".</param>
/// <param name="Mixture">How its feed-forward weights are mixed.</param>
/// <param name="Schedule">Which architectures an update trains.</param>
public sealed record SupernetKind(string Id, string Label, SupernetMixture Mixture, SupernetSchedule Schedule)
{
    /// <summary>What tables of supernets call it; the paper's heading for the four kinds of the paper.</summary>
    public string Heading { get; init; } = Label;

    /// <summary>Whether its weights are mixed from experts, so that numbers of experts and router widths mean something.</summary>
    public bool Mixes => Mixture != SupernetMixture.None;
}

/// <summary>How feed-forward weights are mixed from experts.</summary>
public enum SupernetMixture
{
    /// <summary>They are not: every architecture uses a part of one weight.</summary>
    None,

    /// <summary>One vector of shares serves both maps of a layer.</summary>
    LayerWise,

    /// <summary>Every output neuron has shares of its own.</summary>
    NeuronWise,
}

/// <summary>Which architectures an update trains.</summary>
public enum SupernetSchedule
{
    /// <summary>One, drawn uniformly (SPOS).</summary>
    Uniform,

    /// <summary>Three on the same batch: one drawn uniformly, the largest and the smallest.</summary>
    Sandwich,
}

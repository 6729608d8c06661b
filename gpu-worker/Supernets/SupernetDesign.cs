using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using HsNas.Contracts.Jobs;
using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.GpuWorker.Supernets;

/// <summary>What a kind of supernet is: whether feed-forward weights are mixed, and how updates sample architectures.</summary>
/// <param name="Kind">One of <see cref="SupernetKinds.All"/>.</param>
/// <param name="Experts">Experts a layer, where mixed.</param>
/// <param name="RouterWidth">Hidden width of routers, where mixed.</param>
internal sealed record SupernetDesign(string Kind, int Experts = SupernetKinds.DefaultExperts, int RouterWidth = SupernetKinds.DefaultRouterWidth)
{
    /// <summary>HAT's: one weight, one architecture an update. Also the model of a training from scratch.</summary>
    public static SupernetDesign Hat { get; } = new(SupernetKinds.Hat);

    /// <summary>Whether weights are mixed from experts.</summary>
    [JsonIgnore]
    public bool Mixes => SupernetKinds.IsMixture(Kind);

    /// <summary>Whether an update trains the largest and the smallest architecture too.</summary>
    [JsonIgnore]
    public bool Sandwich => Kind != SupernetKinds.Hat;

    /// <summary>Reads a job's options; false, with the reason, where they make no supernet.</summary>
    public static bool TryParse(
        string kind, int? experts, int? routerWidth, [NotNullWhen(true)] out SupernetDesign? design, [NotNullWhen(false)] out string? problem)
    {
        design = new SupernetDesign(kind, experts ?? SupernetKinds.DefaultExperts, routerWidth ?? SupernetKinds.DefaultRouterWidth);
        problem = !SupernetKinds.All.Contains(kind) ? $"kind '{kind}' is not a supernet; allowed: {string.Join(", ", SupernetKinds.All)}."
            : design.Experts is < 1 or > SupernetKinds.MostExperts ? $"experts is {experts}; allowed: 1 to {SupernetKinds.MostExperts}."
            : design.RouterWidth is < 1 or > SupernetKinds.WidestRouter ? $"routerWidth is {routerWidth}; allowed: 1 to {SupernetKinds.WidestRouter}."
            : null;
        if (problem is not null) design = null;
        return design is not null;
    }

    /// <summary>A new model, drawn from torch's generator as it stands.</summary>
    public SuperTransformer CreateModel(TaskDefinition task) => new(ModelShape.Of(task), MixtureFor(task.Space));

    private Mixture? MixtureFor(SearchSpace space) =>
        Mixes ? new Mixture(Kind == SupernetKinds.MosNeuron, Experts, RouterWidth, new LatencyFeatures(space)) : null;
}

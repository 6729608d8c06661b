using System.Diagnostics.CodeAnalysis;
using HsNas.Contracts.Supernets;
using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.GpuWorker.Supernets;

/// <summary>A kind of supernet with the sizes that its mixture has.</summary>
/// <param name="Kind">Mixture and schedule.</param>
/// <param name="Experts">Experts a layer, where mixed.</param>
/// <param name="RouterWidth">Hidden width of routers, where mixed.</param>
internal sealed record SupernetDesign(
    SupernetKind Kind, int Experts = SupernetKinds.DefaultExperts, int RouterWidth = SupernetKinds.DefaultRouterWidth)
{
    /// <summary>HAT's: one weight, one architecture an update. Also the model of a training from scratch.</summary>
    public static SupernetDesign Hat { get; } = new(SupernetKinds.BuiltIn.Of(SupernetKinds.Hat));

    /// <summary>Reads a job's options; false, with the reason, where they make no supernet of <paramref name="kinds"/>.</summary>
    public static bool TryParse(
        SupernetKinds kinds, string? id, int? experts, int? routerWidth,
        [NotNullWhen(true)] out SupernetDesign? design, [NotNullWhen(false)] out string? problem)
    {
        problem = kinds.TryOf(id) is null ? $"kind '{id}' is not a supernet; allowed: {string.Join(", ", kinds.Ids)}."
            : experts is < 1 or > SupernetKinds.MostExperts ? $"experts is {experts}; allowed: 1 to {SupernetKinds.MostExperts}."
            : routerWidth is < 1 or > SupernetKinds.WidestRouter
                ? $"routerWidth is {routerWidth}; allowed: 1 to {SupernetKinds.WidestRouter}."
            : null;
        design = problem is not null ? null
            : new SupernetDesign(kinds.Of(id!), experts ?? SupernetKinds.DefaultExperts, routerWidth ?? SupernetKinds.DefaultRouterWidth);
        return design is not null;
    }

    /// <summary>A new model, drawn from torch's generator as it stands.</summary>
    public SuperTransformer CreateModel(TaskDefinition task) => new(ModelShape.Of(task), MixtureFor(task.Space));

    private Mixture? MixtureFor(SearchSpace space) =>
        Kind.Mixes ? new Mixture(Kind.Mixture, Experts, RouterWidth, new LatencyFeatures(space)) : null;
}

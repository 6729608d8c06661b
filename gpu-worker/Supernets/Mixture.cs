using HsNas.Contracts.Supernets;
using HsNas.Spaces.Features;

namespace HsNas.GpuWorker.Supernets;

/// <summary>How feed-forward weights are mixed from experts (docs/method.md, "Supernet kinds").</summary>
/// <param name="Kind">Which outputs share their shares of experts; not <see cref="SupernetMixture.None"/>.</param>
/// <param name="Experts">Experts m a layer, at least one.</param>
/// <param name="RouterWidth">Hidden width h of routers.</param>
/// <param name="Features">What routers see of an architecture.</param>
internal sealed record Mixture(SupernetMixture Kind, int Experts, int RouterWidth, LatencyFeatures Features);

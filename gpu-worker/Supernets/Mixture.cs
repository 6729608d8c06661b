using HsNas.Spaces.Features;

namespace HsNas.GpuWorker.Supernets;

/// <summary>How feed-forward weights are mixed from experts (hsnas-facts F).</summary>
/// <param name="NeuronWise">Every output neuron has shares of its own; else one vector of shares serves a layer.</param>
/// <param name="Experts">Experts m a layer, at least one.</param>
/// <param name="RouterWidth">Hidden width h of routers.</param>
/// <param name="Features">What routers see of an architecture.</param>
internal sealed record Mixture(bool NeuronWise, int Experts, int RouterWidth, LatencyFeatures Features);

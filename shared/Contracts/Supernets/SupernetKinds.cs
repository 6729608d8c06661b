using System.Collections;
using HsNas.Kernel.Validation;

namespace HsNas.Contracts.Supernets;

/// <summary>
/// The kinds of supernets that requests may name, in the order in which they are shown. The function app takes its kinds from
/// its services, the worker's job runner gets them from its host and the command line from its context.
/// </summary>
public sealed class SupernetKinds : IReadOnlyList<SupernetKind>
{
    /// <summary>Id of HAT's own kind, which a request gets that names none. It is also the model of a training from scratch.</summary>
    public const string Hat = "hat";

    /// <summary>Id of HAT's model with sandwich updates.</summary>
    public const string Sandwich = "sandwich";

    /// <summary>Id of the layer-wise mixture of supernets.</summary>
    public const string MosLayer = "mos-layer";

    /// <summary>Id of the neuron-wise mixture of supernets.</summary>
    public const string MosNeuron = "mos-neuron";

    /// <summary>Experts m of a mixture where a job names none.</summary>
    public const int DefaultExperts = 2;

    /// <summary>Hidden width h of routers where a job names none.</summary>
    public const int DefaultRouterWidth = 128;

    /// <summary>Most experts a layer.</summary>
    public const int MostExperts = 64;

    /// <summary>Widest hidden layer of a router.</summary>
    public const int WidestRouter = 4096;

    private readonly SupernetKind[] _all;

    /// <summary>A set of <paramref name="kinds"/>.</summary>
    /// <exception cref="ArgumentException">Two have the same id.</exception>
    public SupernetKinds(IEnumerable<SupernetKind> kinds)
    {
        _all = [.. kinds];
        var twice = _all.GroupBy(k => k.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) throw new ArgumentException($"Two kinds of supernets have the id {twice.Key}.", nameof(kinds));
        Ids = [.. _all.Select(k => k.Id)];
    }

    /// <summary>Those of the paper.</summary>
    public static SupernetKinds BuiltIn { get; } = new([
        new SupernetKind(Hat, "HAT", SupernetMixture.None, SupernetSchedule.Uniform),
        new SupernetKind(Sandwich, "HAT (sandwich)", SupernetMixture.None, SupernetSchedule.Sandwich) { Heading = "Sandwich" },
        new SupernetKind(MosLayer, "layer-wise MoS", SupernetMixture.LayerWise, SupernetSchedule.Sandwich) { Heading = "Layer-wise MoS" },
        new SupernetKind(MosNeuron, "neuron-wise MoS", SupernetMixture.NeuronWise, SupernetSchedule.Sandwich)
        {
            Heading = "Neuron-wise MoS",
        },
    ]);

    /// <summary>Their ids, in order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <inheritdoc/>
    public int Count => _all.Length;

    /// <inheritdoc/>
    public SupernetKind this[int index] => _all[index];

    /// <summary>The kind with this id.</summary>
    /// <exception cref="OptionException">There is none.</exception>
    public SupernetKind Of(string id) => TryOf(id) ?? throw new OptionException("supernet.kind", id, $"one of {string.Join(", ", Ids)}");

    /// <summary>The kind with this id; null where there is none.</summary>
    public SupernetKind? TryOf(string? id) => Array.Find(_all, k => k.Id == id);

    /// <summary>These kinds with one more at the end.</summary>
    public SupernetKinds With(SupernetKind kind) => new([.. _all, kind]);

    /// <inheritdoc/>
    public IEnumerator<SupernetKind> GetEnumerator() => ((IEnumerable<SupernetKind>)_all).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _all.GetEnumerator();
}

using HsNas.Contracts.Jobs;

namespace HsNas.Contracts.Requests;

/// <summary>What a run of a search is called in results and reports.</summary>
public static class RunNames
{
    /// <summary>Name of a run of a search.</summary>
    public static string Of(SearchRequest request, RunKind run)
    {
        ArgumentNullException.ThrowIfNull(request);
        var supernet = request.Supernet.Kind switch
        {
            SupernetKinds.Sandwich => "HAT (sandwich)",
            SupernetKinds.MosLayer => "layer-wise MoS",
            SupernetKinds.MosNeuron => "neuron-wise MoS",
            _ => "HAT",
        };
        if (run == RunKind.Comparison || !request.UsesDistilled) return supernet;
        var distilled = request.UsesLanguageModel ? "HS-NAS" : "distilled HAT";
        return request.Supernet.Kind == SupernetKinds.Hat ? distilled : $"{distilled} on {supernet}";
    }
}

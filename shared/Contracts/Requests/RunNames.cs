using HsNas.Contracts.Supernets;

namespace HsNas.Contracts.Requests;

/// <summary>What a run of a search is called in results and reports.</summary>
public static class RunNames
{
    /// <summary>Name of a run of a search.</summary>
    public static string Of(SearchRequest request, RunKind run, SupernetKinds kinds)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(kinds);
        var supernet = kinds.Of(request.Supernet.Kind).Label;
        if (run == RunKind.Comparison || !request.UsesDistilled) return supernet;
        var distilled = request.UsesLanguageModel ? "HS-NAS" : "distilled HAT";
        return request.Supernet.Kind == SupernetKinds.Hat ? distilled : $"{distilled} on {supernet}";
    }
}

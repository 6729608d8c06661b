using HsNas.Contracts;

namespace HsNas.Functions.Searches;

/// <summary>
/// Ids of orchestration instances. A search's id holds no dash; the id of a child is the search's, a dash, and what it does.
/// Durable tells nobody an instance's parent, so the id does.
/// </summary>
public static class SearchInstances
{
    private const char Dash = '-';

    /// <summary>The distillation that a search began.</summary>
    public static string Distillation(string search) => $"{search}{Dash}distillation";

    /// <summary>The orchestration of a run.</summary>
    public static string Run(string search, RunKind run) => $"{search}{Dash}{BlobLayout.RunFolder(run)}";

    /// <summary>The search that began an instance; null where the id is that of a search, or of an instance without one.</summary>
    public static string? ParentOf(string instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var dash = instance.IndexOf(Dash, StringComparison.Ordinal);
        return dash > 0 ? instance[..dash] : null;
    }
}

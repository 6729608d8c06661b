using HsNas.Contracts.Jobs;

namespace HsNas.Functions.Searches.Files;

/// <summary>What a search works with, decided once at its start.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Data set hash.</param>
/// <param name="Device">Device name of the request.</param>
/// <param name="Supernet">Blob of the supernet's weights.</param>
/// <param name="ScoreCache">Blob of the supernet losses shared between searches.</param>
/// <param name="Predictor">Fingerprint of the distilled predictor that this search uses; empty until it is known, or where none is
/// used.</param>
/// <param name="Compared">Whether two runs are compared, which then share no losses.</param>
public sealed record SearchPlan(
    string Task, string Dataset, string Device, string Supernet, string ScoreCache, string Predictor, bool Compared)
{
    /// <summary>The translations that winners are trained on; null where they are trained on the references.</summary>
    public DistilledText? DistilText { get; init; }
}

using System.Globalization;
using HsNas.Contracts.Supernets;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Supernets;
using HsNas.Evaluation.TfsEval;

namespace HsNas.Cli.Results;

/// <summary>
/// Trained supernets as rows of a scorecard: by the BLEU of inherited weights as in Table 1, and by the validation loss that
/// searches use.
/// </summary>
internal static class SupernetPredictors
{
    /// <summary>Two predictors a supernet, both recorded.</summary>
    public static IReadOnlyList<ExtraPredictor> Of(IReadOnlyList<SupernetRow> supernets, TfsEvalSet seeds, SupernetKinds kinds) =>
        [.. supernets.Select(s => Bleu(s, seeds, kinds)), .. supernets.Select(s => Loss(s, seeds, kinds))];

    /// <summary>"Layer-wise MoS, 3,000 updates".</summary>
    /// <remarks>A kind that is no longer known has its id for a name.</remarks>
    public static string NameOf(SupernetRow row, SupernetKinds kinds) =>
        string.Create(CultureInfo.InvariantCulture, $"{kinds.TryOf(row.Kind)?.Heading ?? row.Kind}, {row.Steps:N0} updates");

    private static ExtraPredictor Bleu(SupernetRow row, TfsEvalSet seeds, SupernetKinds kinds)
    {
        var recorded = new RecordedPredictor(NameOf(row, kinds), ByKey(seeds, row.ValidBleu));
        return new ExtraPredictor("Supernet, BLEU of inherited weights", recorded.Name, _ => recorded);
    }

    private static ExtraPredictor Loss(SupernetRow row, TfsEvalSet seeds, SupernetKinds kinds)
    {
        var recorded = new SupernetPredictor(new RecordedScorer(ByKey(seeds, row.ValidLossBits)), $"{NameOf(row, kinds)}, loss");
        return new ExtraPredictor("Supernet, validation loss", recorded.Name, _ => recorded);
    }

    private static Dictionary<string, double> ByKey(TfsEvalSet seeds, IReadOnlyList<double> values) =>
        seeds.Records.OrderBy(r => r.ArchitectureId).Zip(values)
            .ToDictionary(p => p.First.Architecture.Key, p => p.Second, StringComparer.Ordinal);
}

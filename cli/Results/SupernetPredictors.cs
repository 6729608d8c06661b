using System.Globalization;
using HsNas.Contracts.Jobs;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Supernets;
using HsNas.Evaluation.TfsEval;

namespace HsNas.Cli.Results;

/// <summary>Trained supernets as rows of a scorecard: by the BLEU of inherited weights as in Table 1, and by the validation loss that searches use.</summary>
internal static class SupernetPredictors
{
    /// <summary>Two predictors a supernet, both recorded.</summary>
    public static IReadOnlyList<ExtraPredictor> Of(IReadOnlyList<SupernetRow> supernets, TfsEvalSet seeds) =>
        [.. supernets.Select(s => Bleu(s, seeds)), .. supernets.Select(s => Loss(s, seeds))];

    /// <summary>"Layer-wise MoS, 3,000 updates".</summary>
    public static string NameOf(SupernetRow row) => string.Create(CultureInfo.InvariantCulture, $"{KindName(row.Kind)}, {row.Steps:N0} updates");

    private static ExtraPredictor Bleu(SupernetRow row, TfsEvalSet seeds)
    {
        var recorded = new RecordedPredictor(NameOf(row), ByKey(seeds, row.ValidBleu));
        return new ExtraPredictor("Supernet, BLEU of inherited weights", recorded.Name, _ => recorded);
    }

    private static ExtraPredictor Loss(SupernetRow row, TfsEvalSet seeds)
    {
        var recorded = new SupernetPredictor(new RecordedScorer(ByKey(seeds, row.ValidLossBits)), $"{NameOf(row)}, loss");
        return new ExtraPredictor("Supernet, validation loss", recorded.Name, _ => recorded);
    }

    private static Dictionary<string, double> ByKey(TfsEvalSet seeds, IReadOnlyList<double> values) =>
        seeds.Records.OrderBy(r => r.ArchitectureId).Zip(values).ToDictionary(p => p.First.Architecture.Key, p => p.Second, StringComparer.Ordinal);

    private static string KindName(string kind) => kind switch
    {
        SupernetKinds.Hat => "HAT",
        SupernetKinds.Sandwich => "Sandwich",
        SupernetKinds.MosLayer => "Layer-wise MoS",
        SupernetKinds.MosNeuron => "Neuron-wise MoS",
        _ => kind,
    };
}

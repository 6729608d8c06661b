using System.Text.Json.Serialization;

namespace HsNas.Contracts.Requests;

/// <summary>How much scoring a run needed (docs/method.md, "Racing").</summary>
/// <param name="SentenceEvaluations">Sentences times candidates that its supernet generations were decided by.</param>
/// <param name="Sentences">Sentences of the scoring text.</param>
/// <param name="Slots">Candidates of all generations, the distilled ones and repeats included: what HAT scores, each in full.</param>
public sealed record ScoringWork(long SentenceEvaluations, int Sentences, int Slots)
{
    /// <summary>Share of the work of scoring every slot on the whole text, 0 to 1.</summary>
    [JsonIgnore]
    public double Share => SentenceEvaluations / ((double)Slots * Sentences);
}

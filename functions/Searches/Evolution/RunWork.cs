using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Evolution;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>Counts what a run's scoring took.</summary>
internal static class RunWork
{
    /// <summary>The work of a run.</summary>
    /// <param name="request">The search.</param>
    /// <param name="trace">The run's generations.</param>
    /// <param name="losses">The run's book; not empty.</param>
    /// <param name="scorings">Candidates that were scored in full where no generation was a race.</param>
    public static ScoringWork Of(SearchRequest request, IReadOnlyList<GenerationTrace> trace, LossFile losses, int scorings)
    {
        var sentences = losses.Blocks.Sum(b => b.Sentences);
        var raced = trace.Any(t => t.Work is not null);
        var evaluations = raced ? trace.Sum(t => t.Work?.SentenceEvaluations ?? 0) : (long)scorings * sentences;
        return new ScoringWork(evaluations, sentences, request.Evolution.Iterations * request.Evolution.Population);
    }
}

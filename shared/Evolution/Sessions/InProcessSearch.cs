using System.Collections.Immutable;
using HsNas.Kernel.Jobs;
using HsNas.Spaces;

namespace HsNas.Evolution.Sessions;

/// <summary>Drives a <see cref="SearchSession"/> to its end in memory, for tests, benchmarks and predictors that are at hand.</summary>
public static class InProcessSearch
{
    /// <summary>Runs to the end.</summary>
    /// <param name="session">The search.</param>
    /// <param name="wait">Waits until jobs are finished; needed only where a ranker asks for jobs.</param>
    /// <param name="cancellationToken">Stops between generations and inside rankers.</param>
    /// <exception cref="InvalidOperationException">A ranker asks for jobs, and <paramref name="wait"/> is null.</exception>
    public static async Task<FinishedSearch> RunAsync(
        SearchSession session, Func<IReadOnlyList<JobRef>, CancellationToken, Task>? wait = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (state, scored) = (session.Start(), ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));
        IReadOnlyList<JobRef> finished = [];
        while (true)
        {
            var step = await session.StepAsync(state, finished, cancellationToken);
            if (step.Waiting.Count > 0 && wait is null)
                throw new InvalidOperationException($"Ranker {step.Ranker} waits for jobs, and nobody here waits for any.");
            if (step.Waiting.Count > 0) await wait!(step.Waiting, cancellationToken);
            scored = scored.SetItem(step.Ranker, scored.GetValueOrDefault(step.Ranker) + step.NewScores);
            if (step.Finalists is { } finalists) return new FinishedSearch(finalists, step.State, scored);
            (state, finished) = (step.State, step.Waiting);
        }
    }
}

/// <summary>What an in-process search found.</summary>
/// <param name="Finalists">The distinct parents of the last generation, with trace and notices.</param>
/// <param name="State">The finished state.</param>
/// <param name="Scored">Candidates scored anew, by ranker.</param>
public sealed record FinishedSearch(FinalistList Finalists, EvolutionState State, ImmutableSortedDictionary<string, int> Scored)
{
    /// <summary>The best architecture of the last scored population.</summary>
    public Architecture Winner => Finalists.Architectures[0].Architecture;

    /// <summary>Its score.</summary>
    public double Score => Finalists.Architectures[0].Score;
}

using System.Text.Json.Serialization;
using HsNas.Kernel.Validation;

namespace HsNas.Evolution;

/// <summary>Settings of the evolutionary search (Algorithm 1; docs/method.md, "Evolution").</summary>
public sealed record EvolutionOptions
{
    /// <summary>Most generations.</summary>
    public const int MostIterations = 10_000;

    /// <summary>Largest population, and most parents, mutants or crossovers.</summary>
    public const int MostCandidates = 100_000;

    /// <summary>Largest <see cref="MaxAttempts"/>.</summary>
    public const int MostAttempts = 1_000_000_000;

    /// <summary>Generations scored, 1 to 10,000.</summary>
    public int Iterations { get; init; } = 30;

    /// <summary>Candidates per generation: parents + mutations + crossovers.</summary>
    public int Population { get; init; } = 125;

    /// <summary>Best candidates kept, at least 2 where there are crossovers.</summary>
    public int Parents { get; init; } = 25;

    /// <summary>Mutants per generation.</summary>
    public int Mutations { get; init; } = 50;

    /// <summary>Crossovers per generation.</summary>
    public int Crossovers { get; init; } = 50;

    /// <summary>Chance of each gene position to be drawn anew in a mutant, 0 to 1.</summary>
    public double MutationProbability { get; init; } = 0.3;

    /// <summary>The search is a function of this seed, the space, the limits and the scores.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Most draws for one initial population or one brood before the search fails as infeasible, 1 to <see cref="MostAttempts"/>.
    /// </summary>
    public int MaxAttempts { get; init; } = 2_000_000;

    /// <summary>
    /// True: candidates of one generation differ in canonical key, unless 1,000 repeats show that no others are to be had. HAT's
    /// default is false.
    /// </summary>
    public bool DistinctPopulation { get; init; }

    /// <summary>Ends a search early; null: all generations are run.</summary>
    public ConvergenceOptions? Convergence { get; init; }

    /// <summary>Returns the options if every field is in range.</summary>
    /// <exception cref="OptionException">Names the field, its value and the range.</exception>
    public EvolutionOptions Validated()
    {
        OptionException.ThrowUnless(Iterations is >= 1 and <= MostIterations, "iterations", Iterations, $"1 to {MostIterations}");
        OptionException.ThrowUnless(Population is >= 1 and <= MostCandidates, "population", Population, $"1 to {MostCandidates}");
        OptionException.ThrowUnless(Parents >= 1 && Parents <= Population, "parents", Parents, $"1 to {Population}, the population");
        OptionException.ThrowUnless(Mutations is >= 0 and <= MostCandidates, "mutations", Mutations, $"0 to {MostCandidates}");
        OptionException.ThrowUnless(Crossovers is >= 0 and <= MostCandidates, "crossovers", Crossovers, $"0 to {MostCandidates}");
        OptionException.ThrowUnless(
            Crossovers == 0 || Parents >= 2, "parents", Parents, "at least 2, because a crossover has two distinct parents");
        OptionException.ThrowUnless(
            (long)Parents + Mutations + Crossovers == Population,
            "population",
            Population,
            $"{(long)Parents + Mutations + Crossovers}, which is parents {Parents} + mutations {Mutations} + crossovers {Crossovers}");
        OptionException.ThrowUnless(MutationProbability is >= 0 and <= 1, "mutationProbability", MutationProbability, "0 to 1");
        OptionException.ThrowUnless(MaxAttempts is >= 1 and <= MostAttempts, "maxAttempts", MaxAttempts, $"1 to {MostAttempts}");
        if (Convergence is { } stop)
        {
            OptionException.ThrowUnless(stop.Patience >= 1, "convergence.patience", stop.Patience, "at least 1");
            OptionException.ThrowUnless(
                stop.Tolerance >= 0 && double.IsFinite(stop.Tolerance), "convergence.tolerance", stop.Tolerance,
                "a finite number, not negative");
            OptionException.ThrowUnless(
                stop.EarliestGeneration >= 1, "convergence.earliestGeneration", stop.EarliestGeneration, "at least 1");
        }

        return this;
    }
}

/// <summary>When a search may end before its last generation.</summary>
public sealed record ConvergenceOptions
{
    /// <summary>Generations of one and the same metric without improvement after which the search ends.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>An improvement smaller than this does not count.</summary>
    public double Tolerance { get; init; }

    /// <summary>Never ends before this generation. A hybrid search sets it behind its window, so requests do not name it.</summary>
    [JsonIgnore]
    public int EarliestGeneration { get; init; } = 1;
}

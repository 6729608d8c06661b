using HsNas.Kernel.Jobs;

namespace HsNas.Evolution.Sessions;

/// <summary>What became of one step of a search.</summary>
/// <param name="State">The state after the step; the state before it where jobs have to be waited for.</param>
/// <param name="Ranker">Who ranked the generation, or will.</param>
/// <param name="Metric">What the ranker's scores measure.</param>
/// <param name="Waiting">Jobs to wait for before the same step is taken again; empty where the generation was ranked.</param>
/// <param name="NewScores">Candidates that the ranker scored anew, or will.</param>
/// <param name="Finalists">What the run ended with; null unless this step was its last.</param>
public sealed record SearchStep(
    EvolutionState State, string Ranker, string Metric, IReadOnlyList<JobRef> Waiting, int NewScores, FinalistList? Finalists);

using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Evolution;

namespace HsNas.Functions.Searches.Verification;

/// <summary>A run whose finalists were measured.</summary>
/// <param name="Run">The run.</param>
/// <param name="Verification">Measurement of its finalists.</param>
/// <param name="Training">The winner's training; null where no finalist keeps the limits.</param>
public sealed record VerifiedRun(EvolutionProgress Run, JobRef Verification, JobRef? Training);

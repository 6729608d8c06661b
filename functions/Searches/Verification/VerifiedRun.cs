using HsNas.Contracts;
using HsNas.Functions.Searches.Evolution;
using HsNas.Kernel.Jobs;

namespace HsNas.Functions.Searches.Verification;

/// <summary>A run whose finalists were measured.</summary>
/// <param name="Run">Which run.</param>
/// <param name="Tally">What it did.</param>
/// <param name="Verification">Measurement of its finalists.</param>
/// <param name="Training">The winner's training; null where no finalist keeps the limits.</param>
public sealed record VerifiedRun(RunKind Run, RunTally Tally, JobRef Verification, JobRef? Training);

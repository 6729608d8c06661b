namespace HsNas.Functions.Sweeps;

/// <summary>Input of <see cref="SweepOrchestrator"/>.</summary>
/// <param name="Sweep">The sweep, whose id is the instance's.</param>
/// <param name="Run">Which run of it, counted from 0.</param>
public sealed record SweepRun(string Sweep, int Run);

/// <summary>Custom status of <see cref="SweepOrchestrator"/>.</summary>
/// <param name="Running">Searches that run.</param>
public sealed record SweepProgress(IReadOnlyList<string> Running);

/// <summary>A search that is to be started.</summary>
/// <param name="Search">Its id.</param>
/// <param name="BuysLabels">Whether it may buy labels. No other one that may runs at the same time.</param>
/// <param name="AllowanceUsd">What it may spend; null for no limit.</param>
public sealed record SweptSearch(string Search, bool BuysLabels, decimal? AllowanceUsd);

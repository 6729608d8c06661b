namespace HsNas.Cli.Find.Planning;

/// <summary>How much is trained.</summary>
/// <param name="Seeds">Seed architectures.</param>
/// <param name="SeedSteps">Updates of each.</param>
/// <param name="SupernetSteps">Updates of the supernet.</param>
/// <param name="WinnerSteps">Updates of the winner.</param>
internal sealed record Lengths(int Seeds, int SeedSteps, int SupernetSteps, int WinnerSteps);

/// <summary>A text as a plan sees it.</summary>
/// <param name="Validation">Validation sentences.</param>
/// <param name="Test">Test sentences.</param>
/// <param name="UpdatesAnEpoch">Updates that see each training sentence once.</param>
internal sealed record TextSize(int Validation, int Test, double UpdatesAnEpoch);

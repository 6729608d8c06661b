namespace HsNas.Infra.Tests;

/// <summary>The reviewed snapshots are what Bicep says of today's files.</summary>
public sealed class SnapshotTests
{
    // Made up: nothing is asked of Azure.
    private static readonly string[] Place =
    [
        "--subscription-id", "00000000-0000-0000-0000-000000000000", "--tenant-id", "00000000-0000-0000-0000-000000000000",
        "--resource-group", "hsnas", "--location", "swedencentral",
    ];

    public static TheoryData<string> Sets => [.. Snapshot.Names];

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task A_deployment_would_make_what_was_reviewed(string name)
    {
        var mode = Environment.GetEnvironmentVariable("HSNAS_UPDATE_GOLDEN") == "1" ? "overwrite" : "validate";
        var (output, diagnostics, code) = await Bicep.RunAsync(["snapshot", Snapshot.ParametersOf(name), "--mode", mode, .. Place]);
        Assert.True(code == 0, $"Review what changed, then set HSNAS_UPDATE_GOLDEN=1.\n{output}\n{diagnostics}");
    }
}

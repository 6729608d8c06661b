using System.Text.Json;
using HsNas.Cli.Hosting;
using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Spaces;

namespace HsNas.Cli.Seeds;

/// <summary>Measures seed architectures on this machine, through the worker's <c>measure</c> sub-command.</summary>
internal sealed class SeedLatencies(Workspace workspace)
{
    /// <summary>Measurements in the order asked.</summary>
    /// <exception cref="CliException">The worker failed, or its answer does not fit.</exception>
    public async Task<MeasureLatencyResult> MeasureAsync(
        string task, IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-measure-");
        try
        {
            var (asked, answered) = (Path.Combine(folder.FullName, "architectures.json"), Path.Combine(folder.FullName, "latencies.json"));
            await File.WriteAllBytesAsync(asked, JsonSerializer.SerializeToUtf8Bytes(architectures, Json.Options), cancellationToken);
            await new WorkerProgram(workspace).RunAsync(["measure", task, workspace.DataFolder, asked, answered], cancellationToken);
            var result = JsonSerializer.Deserialize<MeasureLatencyResult>(
                await File.ReadAllBytesAsync(answered, cancellationToken), Json.Options)!;
            return result.Measurements.Count == architectures.Count ? result
                : throw new CliException($"The worker measured {result.Measurements.Count} of {architectures.Count} architectures.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

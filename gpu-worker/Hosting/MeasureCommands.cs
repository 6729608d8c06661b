using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Stored;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Supernets;
using HsNas.Kernel;
using HsNas.Spaces;
using HsNas.Storage;
using TorchSharp;

namespace HsNas.GpuWorker.Hosting;

/// <summary>Latency measurements outside a search.</summary>
internal static class MeasureCommands
{
    private const int Passes = 3;

    // Two architectures are timed within a second; a machine that other work slows is seldom at its full pace in any given one.
    private const int ProbePasses = 30;
    private const int Runs = 7;
    private const int Beam = 5;

    /// <summary>
    /// <c>probe TASK|DEFINITION.json OUT.json</c>: measures the smallest and the largest architecture of a built-in task, or of the one
    /// that a file defines, on the CPU and writes a <see cref="LatencyRange"/>.
    /// </summary>
    public static async Task<int> ProbeAsync(string[] args)
    {
        if (args is not [var name, var output]) return Usage("probe TASK|DEFINITION.json OUT.json");
        var task = name.EndsWith(".json", StringComparison.Ordinal)
            ? TaskCatalog.Parse(await File.ReadAllTextAsync(name), Path.GetFileName(name)) : TaskCatalog.Get(name);
        var codec = new GeneCodec(task.Space);
        var (smallest, largest) = (codec.Smallest, codec.Largest);
        var measured = Measure(task, [smallest, largest], ProbePasses).Measurements;
        var probe = new LatencyRange(measured[0].TotalMean, measured[1].TotalMean);
        await File.WriteAllBytesAsync(output, JsonSerializer.SerializeToUtf8Bytes(probe, Json.Options));
        return 0;
    }

    /// <summary>
    /// <c>measure TASK STORE-FOLDER ARCHITECTURES.json OUT.json</c>: measures a list of architectures and writes
    /// a <see cref="MeasureLatencyResult"/>.
    /// </summary>
    public static async Task<int> MeasureFileAsync(string[] args)
    {
        if (args is not [var name, var folder, var input, var output])
            return Usage("measure TASK STORE-FOLDER ARCHITECTURES.json OUT.json");
        var task = await new DirectoryArtifactStore(folder).GetTaskAsync(name);
        var architectures = JsonSerializer.Deserialize<Architecture[]>(await File.ReadAllBytesAsync(input), Json.Options)!;
        await File.WriteAllBytesAsync(output, JsonSerializer.SerializeToUtf8Bytes(Measure(task, architectures, Passes), Json.Options));
        return 0;
    }

    private static MeasureLatencyResult Measure(TaskDefinition task, IReadOnlyList<Architecture> architectures, int passes)
    {
        using var model = new SuperTransformer(ModelShape.Of(task));
        using var probe = new PacedProbe(LatencyProbes.Create(LatencyRuntimes.Torch, model, task, torch.CPU), task, Beam);
        return PacedSeries.Of(probe, architectures, passes, Runs).Result();
    }

    private static int Usage(string form)
    {
        Console.Error.WriteLine($"usage: {form}");
        return 2;
    }
}

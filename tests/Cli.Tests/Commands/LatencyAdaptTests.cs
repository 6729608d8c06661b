using HsNas.Cli.Tests.Support;
using HsNas.Predictors.Latency;
using HsNas.Spaces;

namespace HsNas.Cli.Tests.Commands;

public sealed class LatencyAdaptTests : IDisposable
{
    private const string Task = "tiny-en-de";

    private readonly TemporaryFolder _root = new();
    private readonly string _source;

    public LatencyAdaptTests()
    {
        var records = new ArchitectureSampler(TaskCatalog.Get(Task).Space, 3).Distinct(200)
            .Select(a => LatencyRecord.Of(a, 1, 2 + (a.DecoderLayers * a.DecoderFfnDims.Sum() / 100.0), 0, 0)).ToList();
        using var bytes = new MemoryStream();
        LatencyPredictor.Fit("known", records, seed: 1).Save(bytes);
        _source = _root.Write("known.json", System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_new_device_is_known_from_ten_measurements()
    {
        var (design, folder) = (Path.Combine(_root.Path, "ten.csv"), Path.Combine(_root.Path, "new"));
        Assert.Equal(0, (await RunAsync($"latency design --from {_source} --task {Task} --out {design}")).ExitCode);
        var lines = await File.ReadAllLinesAsync(design);
        Assert.Equal(11, lines.Length);
        Assert.EndsWith(",architecture", lines[0], StringComparison.Ordinal);
        var known = LatencyPredictor.Load(File.OpenRead(_source));
        var sampled = new ArchitectureSampler(TaskCatalog.Get(Task).Space, 1).Distinct(400).ToDictionary(a => a.Key.Replace(',', ' '));
        // The new device takes three times as long and 4 ms more.
        await File.WriteAllLinesAsync(design, lines.Select((line, i) => i == 0 ? line : line.Replace(
            ",0,0,0,0,", FormattableString.Invariant($",1,{(3 * known.PredictMs(sampled[line.Split(',')[^1]])) + 3:R},0,0,"),
            StringComparison.Ordinal)));

        var run = await RunAsync($"latency adapt --device new --from {_source} --task {Task} --records {design} -o {folder}");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("10 measurements; other devices: 1; form: Adapted;", run.Output, StringComparison.Ordinal);
        var adapted = LatencyPredictor.Load(File.OpenRead(Path.Combine(folder, "latency-predictor.json")));
        Assert.All(sampled.Values, a => Assert.Equal((3 * known.PredictMs(a)) + 4, adapted.PredictMs(a), 0.001));
    }

    [Fact]
    public async Task Latencies_that_were_not_filled_in_are_refused_by_line()
    {
        var design = Path.Combine(_root.Path, "ten.csv");
        await RunAsync($"latency design --from {_source} --task {Task} --out {design}");
        var run = await RunAsync($"latency adapt --device new --from {_source} --task {Task} --records {design} -o {_root.Path}");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ten.csv:2: latency_mean_encoder is 0; expected milliseconds above 0", run.Errors, StringComparison.Ordinal);
    }

    private Task<CommandRun> RunAsync(string line) => CommandRun.OfAsync(line, ("HSNAS_ROOT", _root.Path));
}

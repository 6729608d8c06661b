using System.Text.Json;
using HsNas.Contracts;
using HsNas.Functions.Searches;
using HsNas.Functions.Sweeps;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests;
using HsNas.Kernel.Stores;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Tests.Observability;

/// <summary>What the alert "stuck search" measures.</summary>
public sealed class SearchSilenceTests : IDisposable
{
    private static readonly DateTimeOffset Today = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryStore _blobs = new();
    private readonly ManualTime _time = new(Today);
    private readonly SearchSilence _silence;

    public SearchSilenceTests() => _silence = new SearchSilence(_blobs.Store, _time);

    [Fact]
    public async Task A_search_is_silent_for_as_long_as_neither_it_nor_its_job_goes_on()
    {
        var waiting = Search("s1", Today);
        await ReportAsync(1);
        Assert.Equal(TimeSpan.Zero, await LongestAsync(waiting));
        _time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(TimeSpan.FromHours(3), await LongestAsync(waiting));

        await ReportAsync(2);
        Assert.Equal(TimeSpan.Zero, await LongestAsync(waiting));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, await LongestAsync(Search("s1", Today.AddHours(4))));
    }

    [Fact]
    public async Task The_longest_silence_counts_and_that_of_an_ended_search_does_not()
    {
        var (first, second) = (Search("s1", Today), Search("s2", Today));
        await LongestAsync(first);
        _time.Advance(TimeSpan.FromHours(1));
        await LongestAsync(first, second);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromHours(2), await LongestAsync(first, second));
        Assert.Equal(TimeSpan.FromHours(1), await LongestAsync(second));
    }

    [Fact]
    public async Task A_sweep_that_waits_for_its_searches_is_not_silent()
    {
        var sweep = new OrchestrationMetadata(nameof(SweepOrchestrator), "sweep") { LastUpdatedAt = Today };
        await LongestAsync(sweep);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, await LongestAsync(sweep));
    }

    public void Dispose() => _blobs.Dispose();

    private Task<TimeSpan> LongestAsync(params OrchestrationMetadata[] living) => _silence.LongestAsync(living, CancellationToken.None);

    private Task ReportAsync(int step) => _blobs.Store.WriteTextAsync(BlobLayout.JobProgress("job"), $"{step}");

    private static OrchestrationMetadata Search(string id, DateTimeOffset updated) => new(nameof(SearchOrchestrator), id)
    {
        LastUpdatedAt = updated,
        SerializedCustomStatus = JsonSerializer.Serialize(
            new StageMarks(new(StringComparer.Ordinal) { ["supernet"] = new StageMark(default, null, ["job"], null) })),
        DataConverter = Microsoft.DurableTask.Converters.JsonDataConverter.Default,
    };
}

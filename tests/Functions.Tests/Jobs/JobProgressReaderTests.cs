using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Tests.Jobs;

public sealed class JobProgressReaderTests : IDisposable
{
    private readonly TemporaryStore _blobs = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_report_is_good_for_a_moment_and_the_last_one_for_ever()
    {
        var reader = new JobProgressReader(_blobs.Store, _time);
        await ReportAsync(1);
        Assert.Equal(1, await DoneAsync(reader, isOver: false));

        await ReportAsync(2);
        Assert.Equal(1, await DoneAsync(reader, isOver: false));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(2, await DoneAsync(reader, isOver: false));

        await ReportAsync(3);
        Assert.Equal(3, await DoneAsync(reader, isOver: true));
        await _blobs.Store.DeleteAsync(BlobLayout.JobProgress("job"));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(3, await DoneAsync(reader, isOver: true));
    }

    [Fact]
    public async Task Who_asks_steadily_is_answered_at_once_and_soon_with_the_newest_report()
    {
        var reader = new JobProgressReader(_blobs.Store, _time);
        await ReportAsync(1);
        await DoneAsync(reader, isOver: false);
        await ReportAsync(2);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, await DoneAsync(reader, isOver: false));
        for (var look = 0; look < 500 && await DoneAsync(reader, isOver: false) == 1; look++) await Task.Delay(10);
        Assert.Equal(2, await DoneAsync(reader, isOver: false));
    }

    [Fact]
    public async Task A_job_that_is_done_again_shows_how_far_it_is_now()
    {
        var reader = new JobProgressReader(_blobs.Store, _time);
        await ReportAsync(3);
        Assert.Equal(3, await DoneAsync(reader, isOver: true));
        _time.Advance(TimeSpan.FromSeconds(1));

        await ReportAsync(1);

        Assert.Equal(1, await DoneAsync(reader, isOver: false));
    }

    public void Dispose() => _blobs.Dispose();

    private Task ReportAsync(long done) =>
        _blobs.Store.WriteJsonAsync(BlobLayout.JobProgress("job"), new JobProgress(done, 3, "steps", null));

    private static async Task<long?> DoneAsync(JobProgressReader reader, bool isOver) =>
        (await reader.TryReadAsync("job", isOver, CancellationToken.None))?.Done;
}

using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Tests.Jobs;

public sealed class JobTakesTests : IDisposable
{
    private readonly TemporaryStore _blobs = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_job_that_no_worker_died_on_was_never_taken_again() =>
        Assert.Empty(await new JobTakes(_blobs.Store, _time).ReadAsync("job", isOver: false, default));

    [Fact]
    public async Task Takes_are_read_again_after_some_seconds_and_the_last_ones_are_kept_for_ever()
    {
        var takes = new JobTakes(_blobs.Store, _time);
        Assert.Empty(await takes.ReadAsync("job", isOver: false, default));
        await _blobs.Store.WriteJsonAsync(BlobLayout.JobTakes("job"), new List<JobTake> { new(_time.GetUtcNow(), 2) });
        Assert.Empty(await takes.ReadAsync("job", isOver: false, default));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, Assert.Single(await takes.ReadAsync("job", isOver: false, default)).Delivery);

        Assert.Single(await takes.ReadAsync("job", isOver: true, default));
        await _blobs.Store.DeleteAsync(BlobLayout.JobTakes("job"));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Single(await takes.ReadAsync("job", isOver: true, default));
    }

    public void Dispose() => _blobs.Dispose();
}

using HsNas.Contracts;
using HsNas.Functions.Tests.Support;
using HsNas.Functions.Ui;
using HsNas.FunctionsRuntime.Tests;

namespace HsNas.Functions.Tests.Ui;

public sealed class SharedLinksTests : IDisposable
{
    private const string Search = "0123456789abcdef0123456789abcdef";
    private readonly TemporaryStore _blobs = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public async Task A_link_opens_its_search_until_its_end_and_no_other()
    {
        var links = New();
        var proof = await links.SignAsync(Search, _time.GetUtcNow().AddHours(2), default);

        Assert.True(await links.OpensAsync(Search, proof, default));
        Assert.True(await New().OpensAsync(Search, proof, default));
        Assert.False(await links.OpensAsync(Search.Replace('0', '1'), proof, default));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(await links.OpensAsync(Search, proof, default));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(await links.OpensAsync(Search, proof, default));
    }

    [Fact]
    public async Task Its_end_cannot_be_moved_and_nothing_else_opens()
    {
        var links = New();
        var proof = await links.SignAsync(Search, _time.GetUtcNow().AddHours(2), default);
        var (end, hash) = (proof.Split('.')[0], proof.Split('.')[1]);
        var later = long.Parse(end, System.Globalization.CultureInfo.InvariantCulture) + 3600;
        string[] forgeries = ["", ".", $"{end}.", $"{later}.{hash}", $"{end}.{new string('0', 64)}", $"{end}.{hash}."];
        foreach (var forged in forgeries)
            Assert.False(await links.OpensAsync(Search, forged, default), forged);
    }

    [Fact]
    public async Task Without_the_secret_no_link_opens()
    {
        var proof = await New().SignAsync(Search, _time.GetUtcNow().AddHours(2), default);
        await _blobs.Store.DeleteAsync(BlobLayout.LinkSecret, default);

        Assert.False(await New().OpensAsync(Search, proof, default));
        var anew = New();
        await anew.SignAsync(Search, _time.GetUtcNow().AddHours(2), default);
        Assert.False(await anew.OpensAsync(Search, proof, default));
    }

    private SharedLinks New() => new(_blobs.Store, _time);
}

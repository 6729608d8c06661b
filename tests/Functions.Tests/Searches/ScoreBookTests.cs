using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Racing;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution.Rankers;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Tests.Support;

namespace HsNas.Functions.Tests.Searches;

public sealed class ScoreBookTests : IDisposable
{
    private static readonly SearchPlan Plan = new("task", "data", "cpu", "checkpoints/net", "checkpoints/scores.json", "", Compared: false);

    private static readonly List<Architecture> Some = [.. new ArchitectureSampler(TaskCatalog.Get("tiny-en-de").Space, 1).Distinct(20)];

    private readonly TemporaryStore _blobs = new();
    private readonly ScoreBook _book;

    public ScoreBookTests() => _book = new ScoreBook(_blobs.Store);

    public void Dispose()
    {
        _book.Dispose();
        _blobs.Dispose();
    }

    [Fact]
    public async Task A_run_keeps_the_losses_it_relied_on_whatever_others_do_to_the_shared_ones()
    {
        await _book.AddAsync(Run("first"), Losses((0, 12), (1, 3)), CancellationToken.None);
        Assert.Equal([12, 3], (await SharedAsync(Run("second"), 0, 1, 2)).Select(r => r.Sums.Length));

        // Another process wrote the shared file from what it had read earlier.
        await _blobs.Store.WriteJsonAsync(BlobPath.Parse(Plan.ScoreCache), Losses((3, 12)));

        var own = await _book.AddAsync(Run("first"), Losses((2, 5)), CancellationToken.None);
        Assert.Equal(new[] { 0, 1, 2 }.Select(i => Some[i]), own.Records.Select(r => r.Architecture));
    }

    [Fact]
    public async Task Searches_side_by_side_lose_no_loss()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _book.AddAsync(Run($"s{i}"), Losses((i, 1)), CancellationToken.None)));

        Assert.Equal(20, (await SharedAsync(Run("last"), [.. Enumerable.Range(0, 20)])).Count);
    }

    [Fact]
    public async Task Compared_runs_share_nothing()
    {
        var compared = Plan with { Compared = true };
        await _book.AddAsync(Run("first"), Losses((0, 1)), CancellationToken.None);
        await _book.AddAsync(Run("second", compared), Losses((1, 2)), CancellationToken.None);

        Assert.Empty(await SharedAsync(Run("second", compared), 0, 1));
        Assert.Equal([Some[0]], (await SharedAsync(Run("third"), 0, 1)).Select(r => r.Architecture));
    }

    [Fact]
    public async Task What_is_shared_has_no_hints_of_a_searchs_own_predictor()
    {
        var hinted = Losses((0, 1)) with { Records = [Losses((0, 1)).Records[0] with { Hint = 25 }] };
        Assert.Equal(25, (await _book.AddAsync(Run("first"), hinted, CancellationToken.None)).Records[0].Hint);
        Assert.Null((await SharedAsync(Run("second"), 0))[0].Hint);
    }

    private async Task<IReadOnlyList<LossRecord>> SharedAsync(RunContext run, params int[] architectures) =>
        (await _book.SharedAsync(run, architectures.Select(i => Some[i]), CancellationToken.None)).Records;

    private static RunContext Run(string search, SearchPlan? plan = null)
    {
        var stored = new StoredContext(
            new SearchRequest { Task = "tiny-en-de" }, plan ?? Plan, TaskCatalog.Get("tiny-en-de"), Latency: null, Predictor: null);
        return new RunContext(new SearchContext(stored, ConstraintSet.BuiltIn), new SearchInput(search, search), RunKind.Requested);
    }

    private static LossFile Losses(params (int Architecture, int Blocks)[] known)
    {
        var losses = new MadeUpLosses();
        return new LossFile(losses.Blocks, [.. known.Select(k => Part(losses.Complete(Some[k.Architecture]), k.Blocks))]);
    }

    private static LossRecord Part(LossRecord whole, int blocks) => whole with { Sums = [.. whole.Sums.Take(blocks)] };
}

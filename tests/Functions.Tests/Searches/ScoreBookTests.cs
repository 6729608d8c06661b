using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution.Rankers;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Spaces;

namespace HsNas.Functions.Tests.Searches;

public sealed class ScoreBookTests : IDisposable
{
    private static readonly SearchPlan Plan = new("task", "data", "cpu", "checkpoints/net", "checkpoints/scores.json", "", Compared: false);

    private readonly TemporaryStore _blobs = new();
    private readonly ScoreBook _book;

    public ScoreBookTests() => _book = new ScoreBook(_blobs.Store);

    public void Dispose()
    {
        _book.Dispose();
        _blobs.Dispose();
    }

    [Fact]
    public async Task A_run_keeps_the_scores_it_relied_on_whatever_others_do_to_the_shared_ones()
    {
        await _book.AddAsync(Run("first"), Scores(("a", 1), ("b", 2)), CancellationToken.None);
        Assert.Equal(2, (await _book.LookUpAsync(Run("second"), ["a", "b", "c"], CancellationToken.None)).Count);

        // Another process wrote the shared file from what it had read earlier.
        await _blobs.Store.WriteJsonAsync(BlobPath.Parse(Plan.ScoreCache), Scores(("z", 9)));

        var known = await _book.AddAsync(Run("second"), Scores(("c", 3)), CancellationToken.None);
        Assert.Equal(["a", "b", "c"], known.Keys.Order());
    }

    [Fact]
    public async Task Searches_side_by_side_lose_no_score()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _book.AddAsync(Run($"s{i}"), Scores(($"k{i}", i)), CancellationToken.None)));

        var all = await _book.LookUpAsync(Run("last"), Enumerable.Range(0, 20).Select(i => $"k{i}"), CancellationToken.None);
        Assert.Equal(20, all.Count);
    }

    [Fact]
    public async Task Compared_runs_share_nothing()
    {
        var compared = Plan with { Compared = true };
        await _book.AddAsync(Run("first"), Scores(("a", 1)), CancellationToken.None);
        await _book.AddAsync(Run("second", compared), Scores(("b", 2)), CancellationToken.None);

        Assert.Equal(["b"], (await _book.LookUpAsync(Run("second", compared), ["a", "b"], CancellationToken.None)).Keys);
        Assert.Equal(["a"], (await _book.LookUpAsync(Run("third"), ["a", "b"], CancellationToken.None)).Keys);
    }

    private static RunContext Run(string search, SearchPlan? plan = null)
    {
        var stored = new StoredContext(
            new SearchRequest { Task = "tiny-en-de" }, plan ?? Plan, TaskCatalog.Get("tiny-en-de"), Latency: null, Predictor: null);
        return new RunContext(new SearchContext(stored, ConstraintSet.BuiltIn), new SearchInput(search, search), RunKind.Requested);
    }

    private static Dictionary<string, double> Scores(params (string Key, double Score)[] scores) =>
        scores.ToDictionary(s => s.Key, s => s.Score, StringComparer.Ordinal);
}

using HsNas.Evolution.Racing;
using HsNas.Spaces;
using HsNas.Tests.Support;

namespace HsNas.Shared.Tests.Search.Racing;

public sealed class LossBookTests
{
    private static readonly List<Architecture> Some = [.. new ArchitectureSampler(TaskCatalog.Get("tiny-en-de").Space, 1).Distinct(3)];

    private readonly MadeUpLosses _losses = new();

    [Fact]
    public void The_longer_record_of_an_architecture_stays()
    {
        var book = new LossBook([Part(0, 4), Part(1, 2)]);
        book.Add([Part(0, 3), Part(1, 5)]);
        Assert.Equal([4, 5], book.Records.Select(r => r.Sums.Length));
        Assert.Equal(5, book.Of(Some[1]).Sums.Length);
        Assert.Empty(book.Of(Some[2]).Sums);
    }

    [Fact]
    public void Complete_records_stand_in_the_order_in_which_they_were_completed()
    {
        var all = _losses.Blocks.Count;
        var book = new LossBook([Part(0, 2), Part(1, all)]);
        book.Add([Part(2, all)]);
        book.Add([Part(0, all)]);
        Assert.Equal([Some[1], Some[2], Some[0]], book.Complete(all, []).Select(r => r.Architecture));
        Assert.Equal([Some[1], Some[0]], book.Complete(all, [Some[2]]).Select(r => r.Architecture));
    }

    [Fact]
    public void Entering_the_same_twice_changes_nothing()
    {
        var book = new LossBook([Part(0, 2), Part(1, 3)]);
        var before = book.Records.ToList();
        book.Add([Part(0, 2), Part(1, 3)]);
        Assert.Equal(before, book.Records);
    }

    private LossRecord Part(int architecture, int blocks) =>
        new(Some[architecture], [.. _losses.Complete(Some[architecture]).Sums.Take(blocks)]);
}

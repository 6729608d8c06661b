using HsNas.Cli.Tests.Support;
using HsNas.Local.Stack.Storage;

namespace HsNas.Cli.Tests.Stack;

public sealed class SeedFoldersTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly SeedFolders _seeds;

    public SeedFoldersTests() => _seeds = new SeedFolders(_root.Path);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_projects_own_trainings_come_before_published_ones()
    {
        var published = _root.Write("data/published/seeds/b.jsonl", "");
        Assert.Equal(published, _seeds.Find("b"));
        var own = _root.Write("data/seeds/b.jsonl", "");
        Assert.Equal(own, _seeds.Find("b"));
        Assert.Equal(own, _seeds.Own("b"));
    }

    [Fact]
    public void Trainings_of_a_users_own_task_are_found_outside_of_version_control()
    {
        var found = _root.Write(".hsnas/seeds/own.jsonl", "");

        Assert.Equal(found, _seeds.Found("own"));
        Assert.Equal(found, _seeds.Find("own"));
        Assert.Equal([("own", found)], _seeds.All());
    }

    [Fact]
    public void All_lists_each_task_once_in_order()
    {
        var a = _root.Write("data/published/seeds/a.jsonl", "");
        _root.Write("data/published/seeds/b.jsonl", "");
        var b = _root.Write("data/seeds/b.jsonl", "");
        var c = _root.Write("data/seeds/c.jsonl", "");
        _root.Write("data/published/tables/d.jsonl", "");
        Assert.Equal([("a", a), ("b", b), ("c", c)], _seeds.All());
    }

    [Fact]
    public void A_checkout_without_seed_architectures_has_none()
    {
        Assert.Empty(_seeds.All());
        Assert.Null(_seeds.Find("a"));
    }
}

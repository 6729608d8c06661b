using System.Text.RegularExpressions;
using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Repository;

public sealed partial class MapTests
{
    // Pages that name where things are; docs/extending.md also names files that a reader would add.
    [Theory]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/method.md")]
    [InlineData("README.md")]
    public void Every_path_that_a_page_names_exists(string page)
    {
        var paths = Checkout.Lines(page).SelectMany(l => Named().Matches(l)).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(paths);
        Assert.All(paths, p => Assert.True(Path.Exists(Path.Combine(Published.Repository, p)), $"{page} names {p}, which does not exist."));
    }

    [GeneratedRegex("`((?:shared|functions|gpu-worker|cli|local|tests|docs|infra|data|samples)/[^`\\s*{]+)`")]
    private static partial Regex Named();
}

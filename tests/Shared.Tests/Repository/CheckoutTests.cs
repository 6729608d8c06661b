namespace HsNas.Shared.Tests.Repository;

public sealed class CheckoutTests
{
    [Fact]
    public void Sources_are_found_with_git_and_without()
    {
        var sources = Checkout.Files(".cs");
        Assert.True(sources.Count > 500, $"Only {sources.Count} sources were found.");
        Assert.Contains("tests/Shared.Tests/Repository/CheckoutTests.cs", Checkout.ByFolder());
        Assert.Empty(sources.Except(Checkout.ByFolder()));
    }

    [Fact]
    public void What_builds_leave_behind_is_not_a_source() =>
        Assert.DoesNotContain(Checkout.ByFolder(), f => f.Split('/').Any(part => part is "bin" or "obj" or ".hsnas" or ".git"));
}

using System.Globalization;
using HsNas.Functions.Searches;

namespace HsNas.Functions.Tests.Sweeps;

/// <summary>A search of a sweep keeps its own limit on money and what the sweep lets it spend.</summary>
public sealed class LabelAllowanceTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "2", "2")]
    [InlineData("3", null, "3")]
    [InlineData("3", "2", "2")]
    [InlineData("1.5", "2", "1.5")]
    [InlineData("0", "2", "0")]
    [InlineData("0", null, "0")]
    public void The_smaller_limit_is_in_force(string? allowance, string? asked, string? expected) =>
        Assert.Equal(Dollars(expected), new LabelAllowance(Dollars(allowance), Waiter: null).Within(Dollars(asked)));

    private static decimal? Dollars(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}

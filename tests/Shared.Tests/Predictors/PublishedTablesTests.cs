using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Predictors;

/// <summary>The paper's tables repeat one another: a row that was copied wrongly shows.</summary>
public class PublishedTablesTests
{
    [Fact]
    public void Every_table_has_its_rows()
    {
        Assert.Equal(15, Published.Predictors.Count);
        Assert.Equal(
            [(2, 12), (3, 12), (4, 7), (7, 6), (8, 4), (9, 6), (10, 6), (11, 4)],
            Published.Searches.GroupBy(r => r.Table).Select(g => (g.Key, g.Count())));
        Assert.All(Published.Searches, r => Assert.True(r.Search is null == (r.Table == 7) && r.Seed is null == (r.Table != 7)));
    }

    [Fact]
    public void The_means_of_table_1_are_those_of_its_three_tasks()
    {
        // Means were taken over runs before rounding: they can be off by one in the last printed digit.
        Assert.All(Published.Predictors, row =>
        {
            Assert.Equal(row.Mae.Values.Average(), row.MeanMae, 0.015);
            Assert.Equal(row.Tau.Values.Average(), row.MeanTau, 0.015);
        });
    }

    [Theory]
    [InlineData(3, "100ms", 2, "WMT'14 En-Fr", null)]
    [InlineData(4, "WMT'14 En-De 100ms", 2, "WMT'14 En-De", "HAT")]
    [InlineData(4, "WMT'14 En-De 100ms", 2, "WMT'14 En-De", "HS-NAS (GPT-4, HAT, 1, 15)")]
    [InlineData(8, "3.0 GFLOPs", 9, "WMT'14 En-De", null)]
    [InlineData(10, "100ms", 3, "100ms", "Neuron-wise MoS")]
    [InlineData(10, "150ms", 3, "150ms", "Neuron-wise MoS")]
    [InlineData(10, "200ms", 3, "200ms", "Neuron-wise MoS")]
    [InlineData(11, "100ms", 2, "WMT'14 En-De", "HS-NAS (GPT-4, HAT, 1, 15)")]
    public void A_search_that_two_tables_show_has_the_same_figures_in_both(
        int table, string setting, int other, string otherSetting, string? search)
    {
        var rows = Of(table, setting, search);
        Assert.NotEmpty(rows);
        Assert.Equal(rows, Of(other, otherSetting, search));
    }

    [Theory]
    [InlineData("100ms", 2)]
    [InlineData("150ms", 2)]
    public void Table_3_shows_the_second_seed_of_table_7(string setting, int seed)
    {
        var shown = Published.Searches.Single(r => r.Table == 7 && r.Setting == setting && r.Seed == seed);
        Assert.Equal(Bare(shown), Assert.Single(Of(3, setting, "HS-NAS (GPT-4, HAT, 1, 15)")));
    }

    private static List<PublishedSearch> Of(int table, string setting, string? search) =>
        [.. Published.Searches.Where(r => r.Table == table && r.Setting == setting && (search is null || r.Search == search)).Select(Bare)];

    // The figures alone.
    private static PublishedSearch Bare(PublishedSearch row) => row with { Table = 0, Setting = "", Search = null, Seed = null };
}

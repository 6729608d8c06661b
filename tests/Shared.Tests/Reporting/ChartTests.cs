using System.Xml.Linq;
using HsNas.Charts;
using HsNas.Charts.Svg;

namespace HsNas.Shared.Tests.Reporting;

public class ChartTests
{
    public static TheoryData<string> Charts =>
    [
        LineChart.Render("Search <1>", "generation", "BLEU",
            [new Series("best & rest", [(1, 24.1), (2, 25.2), (3, 25.2)]), new Series("mean", [(1, 23), (3, 24)])],
            [new Phase("distilled", 1, 2)]),
        LineChart.Render("One point", "x", "y", [new Series("a", [(1, 1)])]),
        LineChart.Render("Nothing", "x", "y", []),
        ScatterChart.Render("Predicted", "trained", "predicted", [new PointGroup("split", [(24, 25, "tip <b>"), (26, 24.5, null)])],
            diagonal: true),
        BarChart.Render("Latency", "ms", [new Bar("HAT", 102), new Bar("HS-NAS", 99.7)], limit: 100),
        BarChart.Render("None", "ms", []),
        Histogram.Render("Gaps", "BLEU", [("a", [0.05, 0.1, 0.31]), ("b", [])], 0.1),
        Histogram.Render("No gaps", "BLEU", [], 0.1),
        CdfChart.Render("Gaps", "BLEU", [("a", [0.05, 0.1, 0.31]), ("b", [])]),
        CdfChart.Render("No gaps", "BLEU", []),
    ];

    [Theory]
    [MemberData(nameof(Charts))]
    public void Every_chart_is_well_formed_self_contained_and_follows_the_colour_scheme(string svg)
    {
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("svg", root.Name.LocalName);
        Assert.Contains("prefers-color-scheme:dark", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("href", svg, StringComparison.Ordinal);
        Assert.NotEmpty(root.Attribute("aria-label")!.Value);
    }

    [Fact]
    public void A_bar_over_the_limit_looks_different_from_one_under_it()
    {
        var bars = XDocument.Parse(BarChart.Render("Latency", "ms", [new Bar("over", 102), new Bar("under", 99)], limit: 100))
            .Descendants().Where(e => e.Name.LocalName == "rect" && e.HasElements).Select(e => e.Attribute("class")!.Value).ToList();
        Assert.Equal(2, bars.Distinct().Count());
    }

    [Theory]
    [InlineData(24.13, 26.08)]
    [InlineData(0, 0)]
    [InlineData(-3, 1e-3)]
    [InlineData(1e6, 3e6)]
    public void Axes_cover_their_values_with_few_round_ticks(double low, double high)
    {
        var axis = Axis.Covering("x", [low, high, double.NaN]);
        Assert.True(axis.Low <= low && axis.High >= high);
        Assert.InRange(axis.Ticks.Count(), 2, 12);
        Assert.Equal(axis.High, axis.Ticks.Last(), 6);
    }

    [Fact]
    public void Values_on_an_edge_fall_into_the_bin_above_it() => Assert.Equal([1, 1, 0, 2], Histogram.Count([0.05, 0.1, 0.3, 0.31], 0.1));
}

using FsCheck;
using FsCheck.Fluent;
using HsNas.Kernel.Statistics;
using HsNas.Predictors.Latency;
using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Properties;

public class StatisticsProperties
{
    // Few values, so that there are ties.
    private static readonly Gen<(double X, double Y)[]> Samples =
        Gen.Choose(-4, 4).Select(i => i / 2.0).Two().Select(p => (p.Item1, p.Item2)).ArrayOf();

    [Fact]
    public void Tau_lies_between_minus_one_and_one_and_is_what_counting_all_pairs_gives() =>
        Always.Holds(Samples, s =>
        {
            var tau = Tau(s.Select(v => v.X), s.Select(v => v.Y));
            return tau is null or (>= -1.0000000001 and <= 1.0000000001) && Near(tau, Counted(s));
        });

    [Fact]
    public void Tau_is_symmetric_and_turns_with_the_sign() =>
        Always.Holds(Samples, s =>
        {
            var tau = Tau(s.Select(v => v.X), s.Select(v => v.Y));
            return Near(tau, Tau(s.Select(v => v.Y), s.Select(v => v.X))) && Near(-tau, Tau(s.Select(v => -v.X), s.Select(v => v.Y)));
        });

    [Fact]
    public void Tau_only_sees_ranks() =>
        Always.Holds(Samples, s => Near(
            Tau(s.Select(v => v.X), s.Select(v => v.Y)),
            Tau(s.Select(v => Math.Exp(v.X)), s.Select(v => v.Y))));

    [Fact]
    public void The_middle_of_values_is_the_quantile_of_one_half_and_no_order_changes_it() =>
        Always.Holds(Samples, s =>
        {
            double[] values = [0.5, .. s.Select(v => v.X)];
            var median = Quantiles.Median(values);
            return Near(median, Quantiles.OfSorted([.. values.Order()], 0.5)) && median == Quantiles.Median(values.Reverse())
                && values.Count(v => v < median) <= values.Length / 2 && values.Count(v => v > median) <= values.Length / 2;
        });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 2)]
    [InlineData(0.9, 8.4)]
    [InlineData(1, 10)]
    public void A_quantile_between_two_values_is_interpolated(double share, double expected) =>
        Assert.Equal(expected, Quantiles.OfSorted([1, 2, 4, 6, 10], share), 9);

    [Fact]
    public void Measured_latencies_read_back_to_the_last_bit() =>
        Always.Holds(Records().NonEmptyListOf(), records =>
        {
            using var writer = new StringWriter();
            HatLatencyCsv.Write(writer, records);
            return HatLatencyCsv.Read(new StringReader(writer.ToString()), "mine.csv").Zip(records)
                .All(p => p.First with { Features = [] } == p.Second with { Features = [] }
                    && p.First.Features.SequenceEqual(p.Second.Features));
        });

    private static Gen<LatencyRecord> Records() =>
        from codec in Generators.Codecs
        from gene in Generators.Genes(codec)
        from times in Gen.Choose(1, int.MaxValue).Select(i => i / 7919.0).ArrayOf(4)
        select LatencyRecord.Of(codec.Decode(gene), times[0], times[1], times[2], times[3]);

    private static double? Tau(IEnumerable<double> x, IEnumerable<double> y) => RankCorrelation.KendallTauB([.. x], [.. y]);

    private static bool Near(double? a, double? b) => a is null == b is null && Math.Abs((a ?? 0) - (b ?? 0)) < 1e-9;

    private static double? Counted((double X, double Y)[] s)
    {
        var pairs = s.SelectMany((a, i) => s.Skip(i + 1).Select(b => (X: Math.Sign(a.X - b.X), Y: Math.Sign(a.Y - b.Y)))).ToList();
        var denominator = Math.Sqrt((double)pairs.Count(p => p.X != 0) * pairs.Count(p => p.Y != 0));
        return denominator > 0 ? pairs.Sum(p => p.X * p.Y) / denominator : null;
    }
}

using System.Text.Json;
using HsNas.Evolution.Constraints;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Latency;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Search;

public class ConstraintTests
{
    [Fact]
    public void A_limit_is_kept_by_the_architecture_whose_value_it_is_and_broken_by_any_smaller_one()
    {
        foreach (var task in TaskCatalog.BuiltIn)
        {
            var context = new ConstraintContext(task, new WidthLatency());
            var sampler = new ArchitectureSampler(task.Space, 5);
            foreach (var constraint in ConstraintSet.BuiltIn.Where(c => !c.IsFlag))
            {
                for (var i = 0; i < 2_000; i++)
                {
                    var architecture = sampler.Next();
                    var value = constraint.Value(architecture, context);
                    Assert.Equal((true, 0), Judge(value));
                    Assert.Equal((false, 1), Judge(Math.BitDecrement(value)));

                    (bool Feasible, int Violations) Judge(double limit)
                    {
                        var checker = new FeasibilityChecker(context, [new Limit(constraint, limit)]);
                        return (checker.IsFeasible(architecture), checker.Violations(architecture).Count);
                    }
                }
            }
        }
    }

    [Fact]
    public void An_architecture_has_the_value_of_each_gene_that_denotes_it()
    {
        var context = new ConstraintContext(Samples.Wmt, new WidthLatency());
        var sampler = new ArchitectureSampler(Samples.Wmt.Space, 6);
        var gene = new int[sampler.Codec.Layout.Length];
        for (var i = 0; i < 2_000; i++)
        {
            sampler.Next(gene);
            var drawn = sampler.Codec.Decode(gene);
            sampler.Codec.Canonicalise(gene);
            var canonical = sampler.Codec.Decode(gene);
            Assert.All(ConstraintSet.BuiltIn, c => Assert.Equal(c.Value(drawn, context), c.Value(canonical, context)));
        }
    }

    [Fact]
    public void The_least_of_each_cost_is_below_every_random_architecture()
    {
        foreach (var task in TaskCatalog.BuiltIn)
        {
            var context = new ConstraintContext(task);
            var floor = new FeasibilityChecker(
                task, new SearchConstraints { GFlops = 100, GFlopsWithoutLastLayer = 100, ParametersMillions = 1000 }).Floor;
            var others = new ArchitectureSampler(task.Space, 7).Distinct(500);
            Assert.Equal(3, floor.Least.Count);
            foreach (var constraint in ConstraintSet.BuiltIn.Where(c => floor.Least.ContainsKey(c.Id)))
            {
                var (least, architecture) = floor.Least[constraint.Id];
                Assert.Equal(least, constraint.Value(architecture, context));
                Assert.All(others, a => Assert.True(constraint.Value(a, context) >= least));
            }
        }
    }

    [Fact]
    public void An_encoder_that_is_shallower_than_the_decoder_is_named_with_its_layers()
    {
        var checker = new FeasibilityChecker(Samples.Wmt, new SearchConstraints { EncoderAtLeastAsDeep = true });
        var deep = new ArchitectureSampler(Samples.Wmt.Space, 8).Distinct(100).First(a => a.DecoderLayers == 4);
        var shallow = deep with { EncoderFfnDims = [1024, 1024], EncoderHeads = [4, 4] };
        Assert.True(checker.IsFeasible(deep));
        Assert.Equal(["excess of decoder layers over encoder layers 2 is above the limit 0"], checker.Violations(shallow));
        checker.EnsurePossible();

        var impossible = Samples.Wmt with { Space = Samples.Wmt.Space with { EncoderLayers = [2], DecoderLayers = [4, 5] } };
        var error = Assert.Throws<InfeasibleSearchException>(
            new FeasibilityChecker(impossible, new SearchConstraints { EncoderAtLeastAsDeep = true }).EnsurePossible);
        Assert.Contains(
            "excess of decoder layers over encoder layers limit 0 cannot be met: the least any architecture of this space needs is 2.",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_keep_their_form_in_json()
    {
        var limits = new SearchConstraints { ParametersMillions = 40, LatencyMs = 9.5 };
        Assert.Equal(
            """{"latencyMs":9.5,"parametersMillions":40,"encoderAtLeastAsDeep":false}""", JsonSerializer.Serialize(limits, Json.Options));
        foreach (var some in new[] { limits, new(), limits with { EncoderAtLeastAsDeep = true, LatencyMs = null },
            limits.With("ownLimit", 3).With("ownFlag", SearchConstraints.FlagLimit) })
            Assert.Equal(some, JsonSerializer.Deserialize<SearchConstraints>(JsonSerializer.Serialize(some, Json.Options), Json.Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SearchConstraints>("""{"gFlops":"1"}""", Json.Options));
    }

    [Fact]
    public void A_limit_on_nothing_known_is_refused_with_what_can_be_limited()
    {
        var error = Assert.Throws<OptionException>(() => ConstraintSet.BuiltIn.Resolve(new SearchConstraints().With("joules", 3)));
        Assert.Contains(
            "constraints.joules is 3; expected a limit on one of latencyMs, gFlops, gFlopsWithoutLastLayer, parametersMillions, "
            + "encoderAtLeastAsDeep", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ConstraintSet.BuiltIn.With(ConstraintSet.BuiltIn[0]));
    }

    [Fact]
    public void Options_of_the_command_line_follow_from_the_ids() => Assert.Equal(
        ["--latency-ms", "--gflops", "--gflops-without-last-layer", "--parameters-millions", "--encoder-at-least-as-deep"],
        ConstraintSet.BuiltIn.Select(c => c.Option));

    private sealed class WidthLatency : ILatencyPredictor
    {
        public string Device => "made up";

        public double PredictMs(Architecture architecture) =>
            0.1 + (architecture.DecoderLayers / 3.0) + (architecture.EncoderFfnDims.Sum() / 7e3);
    }
}

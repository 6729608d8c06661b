using System.Text.Json;
using HsNas.Evolution.Racing;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Spaces;
using HsNas.Tests.Support;

namespace HsNas.Shared.Tests.Search.Racing;

public sealed class RaceTests
{
    private const int Parents = 25;

    private static readonly SearchSpace Space = TaskCatalog.Get("tiny-en-de").Space;

    private readonly MadeUpLosses _losses = new();

    private long AllSentences(int candidates) => (long)candidates * _losses.Blocks.Sum(b => b.Sentences);

    [Fact]
    public void Parents_are_those_of_full_scores_for_a_fraction_of_the_sentences()
    {
        var (same, spent) = (0, 0L);
        for (var seed = 0; seed < 20; seed++)
        {
            var losses = new MadeUpLosses();
            var candidates = Candidates(125, seed);
            var result = Run(losses, RaceRules.SameParents, candidates);
            same += Best(candidates, losses.Full).SetEquals(Best(candidates, Found(candidates, result))) ? 1 : 0;
            spent += result.Work.SentenceEvaluations;
            Assert.Equal(losses.SentenceEvaluations, result.Work.SentenceEvaluations);
        }

        Assert.InRange(same, 19, 20);
        // First races, in which nothing is known yet.
        Assert.InRange(spent, 1, 20 * AllSentences(125) * 52 / 100);
    }

    [Fact]
    public void Wider_intervals_cost_work_and_rules_say_by_how_much_they_are_widened()
    {
        var candidates = Candidates(125, seed: 4);
        var narrow = Run(_losses, RaceRules.SameParents with { Widening = null }, candidates);
        var wide = Run(_losses, RaceRules.SameParents, candidates);

        Assert.True(wide.Work.SentenceEvaluations > narrow.Work.SentenceEvaluations);
        Assert.Equal(
            "race.widening",
            Assert.Throws<OptionException>(() => (RaceRules.SameParents with { Widening = 0.5 }).Validated()).Field);
        // Rules without it are named by jobs as they were before there was one.
        Assert.DoesNotContain("widening", JsonSerializer.Serialize(RaceRules.Thrifty, Json.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_thrifty_race_leaves_candidates_out_by_their_architecture_and_scores_the_best_in_full()
    {
        var examples = Candidates(60, 7).ConvertAll(_losses.Complete);
        var candidates = Candidates(125, 8);
        var result = Run(_losses, RaceRules.Thrifty, candidates, examples);

        Assert.InRange(result.Work.ByArchitecture, 30, 124);
        Assert.Equal(125, result.Work.ByArchitecture + result.Work.ByFirstBlocks + result.Work.InFull);
        var best = Enumerable.Range(0, 125).MinBy(i => result.LossBits[i]);
        Assert.Equal(_losses.Full(candidates[best]), result.LossBits[best]);
        Assert.InRange(Best(candidates, _losses.Full).Intersect(Best(candidates, Found(candidates, result))).Count(), 20, Parents);
    }

    [Fact]
    public void As_many_of_the_best_are_scored_in_full_as_were_asked_for()
    {
        var candidates = Candidates(60, 3);
        var result = Run(_losses, RaceRules.Thrifty, candidates, exact: Parents);

        foreach (var i in Enumerable.Range(0, 60).OrderBy(i => result.LossBits[i]).Take(Parents))
        {
            Assert.Equal(_losses.Blocks.Count, result.Records[i].Sums.Length);
            Assert.Equal(_losses.Full(candidates[i]), result.LossBits[i]);
        }
    }

    [Fact]
    public void Candidates_that_tie_run_to_the_end()
    {
        var tied = new Tied(_losses);
        var candidates = Candidates(60, 4);
        var result = new Race(Space, RaceRules.SameParents, tied).Run([.. candidates.Select(a => new LossRecord(a, []))], [], Parents, 1);
        Assert.Equal(60, result.Work.InFull);
    }

    [Fact]
    public void What_others_computed_saves_work_and_decides_nothing()
    {
        var candidates = Candidates(80, 5);
        var alone = Run(_losses, RaceRules.SameParents, candidates);
        var worker = new MadeUpLosses();
        var shared = candidates.Where((_, i) => i % 2 == 0)
            .Select((a, i) => worker.Complete(a) with { Sums = [.. worker.Complete(a).Sums.Take(1 + (i % 12))] }).ToList();
        var together = Run(new SharedLosses(worker, shared), RaceRules.SameParents, candidates);

        Assert.Equal(alone.Records.Select(r => string.Join(',', r.Sums)), together.Records.Select(r => string.Join(',', r.Sums)));
        Assert.Equal(alone.LossBits.AsEnumerable(), together.LossBits.AsEnumerable());
        Assert.Equal(alone.Work, together.Work);
        Assert.InRange(worker.SentenceEvaluations, 1, _losses.SentenceEvaluations - 1);
    }

    [Fact]
    public void A_candidate_goes_on_where_an_earlier_race_left_it()
    {
        var candidates = Candidates(80, 6);
        var first = Run(_losses, RaceRules.SameParents, candidates);
        var again = new MadeUpLosses();
        var second = new Race(Space, RaceRules.SameParents, again).Run(first.Records, [], Parents, exact: Parents);

        Assert.All(
            again.Asked.DistinctBy(r => r.Architecture),
            r => Assert.Equal(first.Records.Single(x => x.Architecture == r.Architecture).Sums.Length, r.From));
        Assert.Equal(Best(candidates, _losses.Full), Best(candidates, Found(candidates, second)));
    }

    [Fact]
    public void Everybody_is_scored_in_full_where_nobody_has_to_leave()
    {
        var candidates = Candidates(Parents, 9);
        var result = Run(_losses, RaceRules.SameParents, candidates, exact: Parents);
        Assert.Equal(candidates.Select(_losses.Full), result.LossBits.AsEnumerable());
        Assert.Equal(AllSentences(Parents), result.Work.SentenceEvaluations);
    }

    [Theory]
    [InlineData(0.0, "race.confidence")]
    [InlineData(1.0, "race.confidence")]
    public void A_confidence_that_is_none_is_refused(double confidence, string field) =>
        Assert.Equal(field, Assert.Throws<OptionException>(() => new Race(Space, new RaceRules([confidence], false), _losses)).Field);

    private static List<Architecture> Candidates(int count, int seed) => [.. new ArchitectureSampler(Space, seed).Distinct(count)];

    private static RaceResult Run(
        IBlockScorer scorer, RaceRules rules, List<Architecture> candidates, IReadOnlyList<LossRecord>? examples = null, int exact = 1) =>
        new Race(Space, rules, scorer).Run([.. candidates.Select(a => new LossRecord(a, []))], examples ?? [], Parents, exact);

    private static Func<Architecture, double> Found(List<Architecture> candidates, RaceResult result) =>
        a => result.LossBits[candidates.IndexOf(a)];

    private static HashSet<string> Best(List<Architecture> candidates, Func<Architecture, double> loss) =>
        [.. candidates.OrderBy(loss).Take(Parents).Select(a => a.Key)];

    /// <summary>Everybody's loss is the first architecture's, so that no part of the text decides anything.</summary>
    private sealed class Tied(MadeUpLosses losses) : IBlockScorer
    {
        private readonly Architecture _one = Candidates(1, 1)[0];

        public IReadOnlyList<TextBlock> Blocks => losses.Blocks;

        public IReadOnlyList<float[]> Score(IReadOnlyList<BlockRange> ranges, CancellationToken cancellationToken = default) =>
            losses.Score([.. ranges.Select(r => r with { Architecture = _one })], cancellationToken);
    }
}

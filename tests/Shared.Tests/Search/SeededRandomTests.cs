using HsNas.Kernel;

namespace HsNas.Shared.Tests.Search;

public class SeededRandomTests
{
    // Pinned: a change of these breaks the promise that a stored search resumes with the identical trace.
    [Fact]
    public void The_sequence_never_changes()
    {
        var random = new SeededRandom(42);
        Assert.Equal(
            [1546998764402558742UL, 6990951692964543102, 12544586762248559009],
            new[] { random.NextBits(), random.NextBits(), random.NextBits() });
    }

    [Fact]
    public void Seeds_generations_and_purposes_have_streams_of_their_own()
    {
        var first = new HashSet<ulong>();
        for (var seed = 0; seed < 50; seed++)
        {
            for (var generation = 0; generation < 20; generation++)
            {
                Assert.True(first.Add(SeededRandom.For(seed, generation, "mutation").NextBits()));
                Assert.True(first.Add(SeededRandom.For(seed, generation, "crossover").NextBits()));
            }
        }
    }

    [Fact]
    public void Draws_stay_in_range_and_are_uniform()
    {
        var random = new SeededRandom(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.Next(7)]++;
            Assert.InRange(random.NextDouble(), 0, 1 - 1e-16);
        }

        Assert.All(counts, c => Assert.InRange(c, 9_600, 10_400));
        Assert.False(random.NextBool(0));
        Assert.True(random.NextBool(1));
    }
}

using HsNas.Spaces;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Sandwich sampling (docs/method.md, "Supernet kinds"). Every update trains a random architecture, which is the one that SPOS
/// would draw, then the largest and then the smallest.
/// </summary>
/// <remarks>
/// The two extremes take the largest and smallest choice of everything but arbitrary attention, which is 1 (two encoder
/// layers) in both; a space without that value uses its choice whose number of attended layers is nearest, the smaller of two.
/// </remarks>
internal sealed class SandwichSchedule : IArchitectureSchedule
{
    private readonly SinglePathOneShot _random;
    private readonly Architecture _largest;
    private readonly Architecture _smallest;

    public SandwichSchedule(SearchSpace space, long seed)
    {
        _random = new SinglePathOneShot(space, seed);
        var two = Architecture.AttendedLayers(1);
        var arbitrary = space.DecoderArbitrary
            .OrderBy(a => Math.Abs(Architecture.AttendedLayers(a) - two)).ThenBy(Architecture.AttendedLayers).First();
        _largest = Extreme(space, arbitrary, choices => choices.Max());
        _smallest = Extreme(space, arbitrary, choices => choices.Min());
    }

    /// <inheritdoc/>
    public IReadOnlyList<Architecture> At(long step) => [.. _random.At(step), _largest, _smallest];

    private static Architecture Extreme(SearchSpace space, int arbitrary, Func<IEnumerable<int>, int> pick)
    {
        var codec = new GeneCodec(space);
        var extreme = codec.Decode([.. codec.Layout.Choices.Select(c => pick(c))]);
        return extreme with { DecoderArbitrary = [.. Enumerable.Repeat(arbitrary, extreme.DecoderLayers)] };
    }
}

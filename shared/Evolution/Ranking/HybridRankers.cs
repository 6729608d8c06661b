using HsNas.Kernel.Validation;

namespace HsNas.Evolution.Ranking;

/// <summary>The choice of HS-NAS: the distilled predictor inside a window of generations, the supernet outside.</summary>
public sealed class HybridRankers : IRankerChoice
{
    private readonly HybridSchedule _schedule;
    private readonly IRanker? _distilled;
    private readonly IRanker? _supernet;

    /// <summary>The choice for a search of <paramref name="iterations"/> generations.</summary>
    /// <param name="schedule">Which generations <paramref name="distilled"/> ranks.</param>
    /// <param name="iterations">Generations at most.</param>
    /// <param name="distilled">Needed where the schedule has a window.</param>
    /// <param name="supernet">Needed where the schedule leaves a generation outside its window.</param>
    /// <exception cref="OptionException">The schedule does not fit, or a ranker that is needed is missing.</exception>
    public HybridRankers(HybridSchedule schedule, int iterations, IRanker? distilled, IRanker? supernet)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = schedule.Validated(iterations);
        (_distilled, _supernet) = (distilled, supernet);
        var window = $"({schedule.Start}, {schedule.End}) of {iterations}";
        if (schedule != HybridSchedule.Never && distilled is null)
        {
            throw new OptionException("schedule", window, "a distilled predictor, or the schedule (-1, -1)");
        }

        if (!schedule.CoversAll(iterations) && supernet is null)
        {
            throw new OptionException("schedule", window, $"a supernet, or the schedule (1, {iterations})");
        }
    }

    /// <inheritdoc/>
    public IRanker For(int generation) => _schedule.IsDistilled(generation) ? _distilled! : _supernet!;
}

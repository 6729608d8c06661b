using System.Text.Json.Serialization;
using HsNas.Kernel.Validation;

namespace HsNas.Evolution;

/// <summary>
/// Which generations the distilled predictor ranks: <paramref name="Start"/> to <paramref name="End"/>, counted from 1, both
/// included; the supernet ranks the others. (1, 15) is HS-NAS as published, (-1, -1) a pure supernet search.
/// </summary>
/// <param name="Start">First distilled generation, or -1.</param>
/// <param name="End">Last distilled generation, or -1.</param>
[JsonConverter(typeof(HybridScheduleConverter))]
public sealed record HybridSchedule(int Start, int End)
{
    /// <summary>What requests call <see cref="Auto"/>.</summary>
    public const string AutoWord = "auto";

    /// <summary>Never distilled: HAT's search.</summary>
    public static HybridSchedule Never { get; } = new(-1, -1);

    /// <summary>
    /// No window: the distilled predictor takes part in every generation, and the supernet is asked only where that leaves a doubt
    /// (docs/method.md, "Racing").
    /// </summary>
    public static HybridSchedule Auto { get; } = new(0, 0);

    /// <summary>The first half of <paramref name="iterations"/> generations, rounded down: (1, 15) of 30.</summary>
    public static HybridSchedule FirstHalf(int iterations) => iterations < 2 ? Never : new(1, iterations / 2);

    /// <summary>True where no generation needs the supernet.</summary>
    public bool CoversAll(int iterations) => Start == 1 && End >= iterations;

    /// <summary>True where the distilled predictor ranks <paramref name="generation"/>, counted from 1.</summary>
    public bool IsDistilled(int generation) => generation >= Start && generation <= End && Start > 0;

    /// <summary>Returns the schedule if it fits a search of <paramref name="iterations"/> generations.</summary>
    /// <exception cref="OptionException">Names the field, its value and the range.</exception>
    public HybridSchedule Validated(int iterations)
    {
        if (this == Never || this == Auto)
        {
            return this;
        }

        if (Start < 1 || Start > iterations)
        {
            throw new OptionException("schedule.start", Start, $"1 to {iterations}, or -1 together with end -1");
        }

        return End >= Start && End <= iterations ? this : throw new OptionException("schedule.end", End, $"{Start} to {iterations}");
    }
}

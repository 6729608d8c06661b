using System.CommandLine;
using HsNas.Cli.Seeds;
using HsNas.Contracts.Requests;
using HsNas.Kernel.Validation;

namespace HsNas.Cli.Commands;

/// <summary>The options that name a teacher for seed architectures.</summary>
internal sealed class SeedTextOptions
{
    /// <summary>Who translates.</summary>
    public Option<string?> Teacher { get; } = new(TextFields.Teacher.Option!)
    {
        Description = $"Trains on a model's translations of the training text: {TextDistillation.Largest}, the largest architecture, "
            + "which is trained first, or the folder of an exported model.",
    };

    /// <summary>How long the largest architecture is trained.</summary>
    public Option<int?> Steps { get; } = new(TextFields.Steps.Option!) { Description = TextFields.Steps.Meaning };

    /// <summary>The teacher; null where none is asked for.</summary>
    /// <exception cref="OptionException">Updates are given without a teacher, or too few or too many.</exception>
    public SeedText? Read(ParseResult parse)
    {
        var (teacher, steps) = (parse.GetValue(Teacher), parse.GetValue(Steps));
        var most = (int)TextFields.Steps.Most!;
        OptionException.ThrowUnless(steps is null || (steps >= 1 && steps <= most), TextFields.Steps.Option!, steps, $"1 to {most}");
        OptionException.ThrowUnless(steps is null || teacher is not null, TextFields.Steps.Option!, steps, $"only beside {Teacher.Name}");
        return teacher is null ? null : new SeedText(teacher, steps);
    }
}

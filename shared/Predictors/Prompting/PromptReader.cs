using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Predictors.Prompting;

/// <summary>An architecture whose BLEU a prompt asks for.</summary>
/// <param name="Architecture">The subtransformer.</param>
/// <param name="GFlops">Its GFLOPs as the prompt states them, or null where it does not.</param>
public sealed record TestArchitecture(Architecture Architecture, double? GFlops);

/// <summary>The data of a prompt.</summary>
/// <param name="Demonstrations">Architectures with a BLEU, in the order shown.</param>
/// <param name="Tests">Architectures without one: normally a single one, the last.</param>
public sealed record PromptContents(IReadOnlyList<Demonstration> Demonstrations, IReadOnlyList<TestArchitecture> Tests);

/// <summary>
/// Reads a rendered prompt back into its data, without knowing the task: every block of ten hyperparameter lines is an
/// architecture, and GFLOPS and BLEU lines below it belong to it, in either order. All other lines are prose and skipped.
/// </summary>
public static partial class PromptReader
{
    /// <summary>Reads <paramref name="prompt"/>; line ends of any kind.</summary>
    /// <exception cref="DataFormatException">A block is incomplete or contradicts itself, or a demonstration lacks its GFLOPs.</exception>
    public static PromptContents Read(string prompt)
    {
        var demonstrations = new List<Demonstration>();
        var tests = new List<TestArchitecture>();
        Block? block = null;
        var lines = prompt.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (ArchitectureText.TryReadLine(lines[i], out var name, out var values))
            {
                if (block is null || name == 0)
                {
                    block?.Finish(demonstrations, tests);
                    block = new Block(i + 1);
                }

                block.Set(name, values, lines[i], i + 1);
            }
            else if (block is not null && MetricLine().Match(lines[i]) is { Success: true } metric)
            {
                block.SetMetric(metric.Groups["name"].Value, metric.Groups["value"].Value);
            }
        }

        block?.Finish(demonstrations, tests);
        return new PromptContents(demonstrations, tests);
    }

    private sealed class Block(int firstLine)
    {
        private readonly ImmutableArray<int>[] _values = new ImmutableArray<int>[ArchitectureText.Names.Length];
        private double? _gflops;
        private double? _bleu;

        public void Set(int name, ImmutableArray<int> values, string line, int number)
        {
            if (!_values[name].IsDefault)
            {
                throw new DataFormatException(
                    "prompt", ArchitectureText.Names[name], line.Trim(), "every hyperparameter once per architecture", number);
            }

            _values[name] = values;
        }

        public void SetMetric(string name, string value)
        {
            var number = double.Parse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            if (name.StartsWith('G'))
            {
                _gflops = number;
            }
            else
            {
                _bleu = number;
            }
        }

        public void Finish(List<Demonstration> demonstrations, List<TestArchitecture> tests)
        {
            var architecture = ArchitectureText.Assemble(_values, out var reason)
                ?? throw new DataFormatException("prompt", "architecture", reason!, "ten hyperparameters that agree", firstLine);
            if (_bleu is not { } bleu)
            {
                tests.Add(new TestArchitecture(architecture, _gflops));
                return;
            }

            demonstrations.Add(new Demonstration(
                architecture,
                _gflops ?? throw new DataFormatException("prompt", "GFLOPS", "missing", "a number beside BLEU", firstLine),
                bleu));
        }
    }

    [GeneratedRegex(@"^\s*(?<name>GFLOPS|BLEU):\s*(?<value>\d{1,6}(\.\d{1,9})?)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MetricLine();
}

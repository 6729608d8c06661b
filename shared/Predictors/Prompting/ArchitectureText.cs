using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using HsNas.Spaces;

namespace HsNas.Predictors.Prompting;

/// <summary>
/// The ten "name: value" lines by which prompts and TFS-Eval describe an architecture (docs/method.md, "Prompt"). Lists hold the
/// active layers only.
/// </summary>
public static partial class ArchitectureText
{
    /// <summary>The names, in the order of the lines.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "encoder-embed-dim-subtransformer",
        "encoder-layer-num-subtransformer",
        "encoder-ffn-embed-dim-all-subtransformer",
        "encoder-self-attention-heads-all-subtransformer",
        "decoder-embed-dim-subtransformer",
        "decoder-layer-num-subtransformer",
        "decoder-ffn-embed-dim-all-subtransformer",
        "decoder-self-attention-heads-all-subtransformer",
        "decoder-ende-attention-heads-all-subtransformer",
        "decoder-arbitrary-ende-attn-all-subtransformer",
    ];

    /// <summary>The ten lines of <paramref name="architecture"/>, without line ends.</summary>
    public static IEnumerable<string> Lines(Architecture architecture)
    {
        string[] values =
        [
            Show(architecture.EncoderEmbedDim),
            Show(architecture.EncoderLayers),
            Show(architecture.EncoderFfnDims),
            Show(architecture.EncoderHeads),
            Show(architecture.DecoderEmbedDim),
            Show(architecture.DecoderLayers),
            Show(architecture.DecoderFfnDims),
            Show(architecture.DecoderSelfHeads),
            Show(architecture.DecoderCrossHeads),
            Show(architecture.DecoderArbitrary),
        ];
        return Names.Zip(values, (name, value) => $"{name}: {value}");
    }

    /// <summary>
    /// Reads one line. False where it is no such line, or where its value is prose (a definition) instead of a number
    /// or a list of numbers.
    /// </summary>
    /// <param name="line">One line of text; blanks around it are ignored.</param>
    /// <param name="name">Index into <see cref="Names"/>.</param>
    /// <param name="values">The number, or the numbers of the list.</param>
    public static bool TryReadLine(string line, out int name, out ImmutableArray<int> values)
    {
        var match = HyperparameterLine().Match(line);
        name = match.Success ? Names.IndexOf(match.Groups["name"].Value) : -1;
        values = [];
        if (name < 0)
        {
            return false;
        }

        var numbers = ImmutableArray.CreateBuilder<int>();
        foreach (Capture capture in match.Groups["number"].Captures)
        {
            if (!int.TryParse(capture.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            numbers.Add(number);
        }

        values = numbers.ToImmutable();
        return true;
    }

    /// <summary>
    /// Builds an architecture from the values of the ten lines. Returns null and a reason where depths and lists do not
    /// agree, a value is missing, or a value is not positive (arbitrary attention: not -1, 1 or 2).
    /// </summary>
    /// <param name="values">One entry per name; default where the line was missing.</param>
    /// <param name="reason">Why null was returned; else null.</param>
    public static Architecture? Assemble(IReadOnlyList<ImmutableArray<int>> values, out string? reason)
    {
        reason = null;
        for (var i = 0; i < Names.Length; i++)
        {
            var layers = i is 2 or 3 ? values[1] : i > 5 ? values[5] : [1];
            if (values[i].IsDefaultOrEmpty)
            {
                reason = $"{Names[i]} is missing";
            }
            else if (i is 0 or 1 or 4 or 5 && values[i].Length != 1)
            {
                reason = $"{Names[i]} is a list; expected one number";
            }
            else if (i is 2 or 3 or > 5 && values[i].Length != layers[0])
            {
                reason = $"{Names[i]} has {values[i].Length} entries; expected one for each of the {layers[0]} layers";
            }
            else if (values[i].Any(v => i == 9 ? v is not (-1 or 1 or 2) : v < 1))
            {
                reason = $"{Names[i]} is {Show(values[i])}; expected {(i == 9 ? "values among -1, 1, 2" : "positive numbers")}";
            }

            if (reason is not null)
            {
                return null;
            }
        }

        return new Architecture
        {
            EncoderEmbedDim = values[0][0],
            EncoderFfnDims = values[2],
            EncoderHeads = values[3],
            DecoderEmbedDim = values[4][0],
            DecoderFfnDims = values[6],
            DecoderSelfHeads = values[7],
            DecoderCrossHeads = values[8],
            DecoderArbitrary = values[9],
        };
    }

    private static string Show(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Show(ImmutableArray<int> values) => $"[{string.Join(", ", values)}]";

    [GeneratedRegex(@"^\s*(?<name>[a-z-]+):\s*(?:\[\s*(?<number>-?\d+)(?:\s*,\s*(?<number>-?\d+))*\s*\]|(?<number>-?\d+))\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex HyperparameterLine();
}

using System.Text;
using HsNas.Kernel;

namespace HsNas.Functions.Tests.Requests;

/// <summary>Requests gone wrong, from a seed: bytes flipped, parts swapped, values replaced, brackets lost.</summary>
internal static class MalformedRequests
{
    /// <summary>A search.</summary>
    public const string Search = """
        {"task":"tiny-en-de","device":"cpu-1","teacher":"llm","supernet":{"kind":"hat","steps":40},"labels":500,
         "maxCostUsd":2.5,"compare":false,"trainWinner":true,"window":{"start":1,"end":3},
         "limits":{"latencyMs":12.5,"gFlops":0.1,"gFlopsWithoutLastLayer":null,"parametersMillions":2,"encoderAtLeastAsDeep":true},
         "evolution":{"iterations":6,"population":12,"parents":4,"mutations":4,"crossovers":4,
         "mutationProbability":0.3,"seed":1,"distinctPopulation":true}}
        """;

    /// <summary>A re-distillation.</summary>
    public const string Redistillation = """{"labels":500,"maxCostUsd":2.5,"fresh":false}""";

    /// <summary>A selection of a predictor.</summary>
    public const string Selection = """{"fingerprint":"0123456789abcdef"}""";

    /// <summary>A sweep of eight searches.</summary>
    public const string Sweep = """
        {"name":"windows, limits and seeds, all of them together","search":{"task":"tiny-en-de","labels":500,"limits":{"gFlops":0.1},
          "evolution":{"iterations":6}},
         "grid":{"window":[{"start":1,"end":3},null],"evolution.seed":[1,2],"limits.latencyMs":[12.5,null]},
         "parallel":3,"maxCostUsd":2.5}
        """;

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e999", "-0.0", "9223372036854775808", "1E-400", "\"\"", "\"\\u0000\"", "\"\\ud83d\"", "\"tiny-en-de\"",
        "[]", "{}",
        "[[[[[[[[[]]]]]]]]]", "{\"a\":{\"a\":{\"a\":1}}}", "0x10", "01", ".5", "+1", "Infinity", "\"a\nb\"", "'x'", "//", "{\"start\":1}",
        "\"../../x\"",
    ];

    /// <summary>Variants of a request, most of them faulty.</summary>
    public static IEnumerable<byte[]> Create(int count, long seed, string valid = Search)
    {
        var random = SeededRandom.For(seed, 0, "malformed requests");
        for (var i = 0; i < count; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(valid);
            for (var change = 1 + random.Next(4); change > 0 && bytes.Length > 2; change--) bytes = Change(bytes, random);
            yield return bytes;
        }
    }

    private static byte[] Change(byte[] bytes, SeededRandom random)
    {
        var (a, b) = (random.Next(bytes.Length), random.Next(bytes.Length));
        var (start, end) = (Math.Min(a, b), Math.Max(a, b));
        switch (random.Next(7))
        {
            case 0:
                bytes[a] = (byte)random.Next(256);
                return bytes;
            case 1:
                return [.. bytes[..start], .. bytes[Math.Min(end, start + 20)..]];
            case 2:
                return bytes[..Math.Max(1, a)];
            case 3:
                return [.. bytes[..end], .. bytes[start..]];
            case 4:
                return [.. bytes[..a], .. "{}[]\",:\\"u8.Slice(random.Next(8), 1), .. bytes[a..]];
            default:
                return ReplaceValue(bytes, a, Encoding.UTF8.GetBytes(Values[random.Next(Values.Length)]));
        }
    }

    private static byte[] ReplaceValue(byte[] bytes, int near, byte[] value)
    {
        var colon = Array.IndexOf(bytes, (byte)':', near);
        if (colon < 0) return bytes;
        var after = Array.FindIndex(bytes, colon, b => b is (byte)',' or (byte)'}');
        return after < 0 ? bytes : [.. bytes[..(colon + 1)], .. value, .. bytes[after..]];
    }
}

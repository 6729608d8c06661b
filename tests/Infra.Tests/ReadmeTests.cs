using System.Reflection;
using System.Text.RegularExpressions;

namespace HsNas.Infra.Tests;

/// <summary>Every statement of infra/README.md names the test that holds it, or says that it has not been run and why.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Bicep.Infra, "README.md"));

    [Fact]
    public void Every_statement_is_held_by_a_test_or_marked_as_not_run_with_the_reason()
    {
        Assert.NotEmpty(Statements());
        Assert.All(Statements(), statement => Assert.True(
            Mark().IsMatch(statement), $"This says neither (test: NAME) nor (not run: REASON): {statement}"));
    }

    [Fact]
    public void Tests_that_statements_name_exist()
    {
        var tests = Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance).Select(m => $"{t.Name}.{m.Name}"))
            .Concat(OfDelivery()).ToHashSet(StringComparer.Ordinal);
        var named = Statements().Select(s => Mark().Match(s)).Where(m => m.Groups["test"].Success)
            .SelectMany(m => m.Groups["test"].Value.Split(',', StringSplitOptions.TrimEntries)).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, tests));
    }

    // Tests of the neighbouring project, out of their source: one class a file.
    private static IEnumerable<string> OfDelivery() => Directory
        .GetFiles(Path.Combine(Bicep.Infra, "..", "tests", "Delivery.Tests"), "*Tests.cs")
        .SelectMany(f => Test().Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileNameWithoutExtension(f)}.{m.Groups[1].Value}"));

    // A statement is a line of a list with the lines that go on with it. Beside them are headings, tables (held by other tests) and code.
    private static List<string> Statements()
    {
        var (statements, code) = (new List<string>(), false);
        foreach (var line in Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) code = !code;
            else if (code || line.Length == 0 || line[0] is '#' or '|') continue;
            else if (line.StartsWith("  ", StringComparison.Ordinal) && statements.Count > 0) statements[^1] += " " + line.Trim();
            else statements.Add(line);
        }

        return statements;
    }

    [GeneratedRegex(@"\[(?:Fact|Theory)\][^(]*? (\w+)\(", RegexOptions.None, 1000)]
    private static partial Regex Test();

    [GeneratedRegex(@"\((?:test: (?<test>[\w., ]+)|not run: .{10,})\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}

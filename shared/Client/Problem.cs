using System.Text.Json;

namespace HsNas.Client;

/// <summary>An answer of kind application/problem+json.</summary>
/// <param name="Title">Short summary.</param>
/// <param name="Detail">Explanation.</param>
/// <param name="Errors">Messages by field.</param>
public sealed record Problem(string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors)
{
    /// <summary>Reads an error answer; one that is no problem document becomes its text.</summary>
    public static Problem Parse(int status, string body)
    {
        try
        {
            if (JsonSerializer.Deserialize<Problem>(body, SearchClient.Lenient) is { } problem
                && (problem.Title ?? problem.Detail) is not null | problem.Errors is not null) return problem;
        }
        catch (JsonException)
        {
            // Not a problem document: shown as it is.
        }

        var text = body.Trim() is { Length: > 0 } trimmed ? trimmed : "no explanation";
        return new Problem($"HTTP {status}", text.Length <= 500 ? text : text[..500] + "...", null);
    }

    /// <summary>One line for the whole, then one for each message of each field.</summary>
    public IEnumerable<string> Lines()
    {
        var summary = string.Join(": ", new[] { Title, Detail }.Where(t => !string.IsNullOrEmpty(t)));
        yield return summary.Length > 0 ? summary : "The request was refused";
        foreach (var (field, messages) in Errors ?? new Dictionary<string, string[]>())
            foreach (var message in messages) yield return $"  {field}: {message}";
    }
}

/// <summary>The function app refused a request.</summary>
public sealed class RequestRefusedException(int status, Problem problem) : Exception(string.Join('\n', problem.Lines()))
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>What it said.</summary>
    public Problem Problem { get; } = problem;
}

using HsNas.Shared.Requests;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Triggers;

/// <summary>Answers of RFC 9457, application/problem+json.</summary>
internal static class Problems
{
    /// <summary>400 with every faulty field.</summary>
    public static IResult Invalid(IReadOnlyList<FieldError> errors) => Results.ValidationProblem(
        errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray(), StringComparer.Ordinal),
        title: "The request is not valid.");

    /// <summary>404.</summary>
    public static IResult NotFound(string id) =>
        Results.Problem($"There is no such thing for search '{(id.Length <= 100 ? id : id[..100])}'.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>410: it is over.</summary>
    public static IResult Gone(string id, string status) =>
        Results.Problem($"Search '{id}' is over: {status}.", statusCode: StatusCodes.Status410Gone);
}

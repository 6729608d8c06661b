using System.Globalization;
using HsNas.Contracts.Requests;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting;

/// <summary>Answers of RFC 9457, application/problem+json.</summary>
internal static class Problems
{
    /// <summary>400 with every faulty field.</summary>
    public static IResult Invalid(IReadOnlyList<FieldError> errors) => Results.ValidationProblem(
        errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => g.Select(e => e.Message).ToArray(), StringComparer.Ordinal),
        title: "The request is not valid.");

    /// <summary>The status that the server gives a request whose body cannot be read: too long, too slow, broken off.</summary>
    public static IResult Unreadable(BadHttpRequestException fault) =>
        Results.Problem($"The body cannot be read: {fault.Message}", statusCode: fault.StatusCode);

    /// <summary>404.</summary>
    public static IResult NotFound(string id) =>
        Results.Problem(
            $"There is no such thing for search '{(id.Length <= 100 ? id : id[..100])}'.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>404 for a sweep.</summary>
    public static IResult NoSweep(string id) =>
        Results.Problem($"There is no sweep '{(id.Length <= 100 ? id : id[..100])}'.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>410: it is over.</summary>
    public static IResult Gone(string id, string status) =>
        Results.Problem($"Search '{id}' is over: {status}.", statusCode: StatusCodes.Status410Gone);

    /// <summary>429 with Retry-After.</summary>
    public static IResult TooMany(HttpResponse response, TimeSpan wait)
    {
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        response.Headers.RetryAfter = seconds;
        return Results.Problem(
            $"Too many requests with this key; try again in {seconds} s.", statusCode: StatusCodes.Status429TooManyRequests);
    }

    /// <summary>503 with Retry-After.</summary>
    public static IResult StorageDown(HttpResponse response)
    {
        response.Headers.RetryAfter = "5";
        return Results.Problem("Storage does not answer; try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>500; the log holds what happened under the invocation's id.</summary>
    public static IResult Defect(string invocationId) =>
        Results.Problem(
            $"This is a defect of ours; the log knows it as {invocationId}.", statusCode: StatusCodes.Status500InternalServerError);
}

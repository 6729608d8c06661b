using HsNas.Kernel;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting;

/// <summary>Answer to a request that started something which goes on by itself.</summary>
/// <param name="Id">Names what was started.</param>
/// <param name="Links">Where to go from here, by relation.</param>
public sealed record Started(string Id, IReadOnlyDictionary<string, string> Links);

/// <summary>Answers 202: what was asked for goes on by itself.</summary>
internal static class Acceptance
{
    private const string Seconds = "2";

    /// <summary>202 with <see cref="Started"/>, the address of its status, and when to look first.</summary>
    public static IResult Of(HttpResponse response, Started started)
    {
        Point(response, started.Links["self"]);
        return Results.Json(started, Json.Options, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>202 without a body.</summary>
    public static IResult Of(HttpResponse response, string address)
    {
        Point(response, address);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static void Point(HttpResponse response, string address)
    {
        response.Headers.Location = address;
        response.Headers.RetryAfter = Seconds;
    }
}

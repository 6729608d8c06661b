using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Predictors;

/// <summary>404 answers.</summary>
internal static class Unknown
{
    private const int LongestName = 100;

    /// <summary>There is no task of a name.</summary>
    public static IResult Task(string name) => Results.Problem(
        $"There is no task '{(name.Length <= LongestName ? name : name[..LongestName])}'.", statusCode: StatusCodes.Status404NotFound);
}

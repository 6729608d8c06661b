using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting.OpenApi;

/// <summary>
/// Documents one answer of a function. Answers that every function can give (429, 500, 503 and any other refusal) are documented by
/// <see cref="OpenApiDocument"/> and need no attribute.
/// </summary>
/// <param name="status">HTTP status.</param>
/// <param name="description">When it is given.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AnswerAttribute(int status, string description) : Attribute
{
    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>When it is given.</summary>
    public string Description => description;

    /// <summary>
    /// What the body holds. Null: a problem of RFC 9457 for a refusal; no body, or one that is not JSON, for any other status.
    /// </summary>
    public Type? Body { get; init; }

    /// <summary>Type of a body that is not JSON, for example "text/html"; null otherwise.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether the status refuses what was asked.</summary>
    public bool IsRefusal => status >= StatusCodes.Status400BadRequest;
}

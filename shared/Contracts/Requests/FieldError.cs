namespace HsNas.Contracts.Requests;

/// <summary>One fault of a request.</summary>
/// <param name="Field">Path of the field, for example "limits.latencyMs"; "$" for the whole document.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record FieldError(string Field, string Message);

/// <summary>A request as read: either usable, or the list of all its faults.</summary>
/// <param name="Request">The request; null where there are errors.</param>
/// <param name="Errors">Every fault found.</param>
public sealed record ReadRequest(SearchRequest? Request, IReadOnlyList<FieldError> Errors);

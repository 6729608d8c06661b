namespace HsNas.Functions.Hosting.OpenApi;

/// <summary>Documents a function with an HTTP trigger in the app's OpenAPI document. Each such function has one.</summary>
/// <param name="summary">What a call does, as one sentence.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OperationAttribute(string summary) : Attribute
{
    /// <summary>What a call does.</summary>
    public string Summary => summary;

    /// <summary>What the body of a request holds; null: no body.</summary>
    public Type? Request { get; init; }

    /// <summary>Whether a request may have no body although it could have one.</summary>
    public bool RequestIsOptional { get; init; }
}

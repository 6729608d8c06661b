namespace HsNas.Functions.Hosting.OpenApi;

/// <summary>Documents a parameter of a function: a part of its route, or a header or query that a request may have.</summary>
/// <param name="name">As the route, or HTTP, spells it.</param>
/// <param name="description">What it is for.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ParameterAttribute(string name, string description) : Attribute
{
    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>What it is for.</summary>
    public string Description => description;

    /// <summary>Whether it is a number; a text else.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Whether it is part of the query; a header, or a part of the route, else.</summary>
    public bool InQuery { get; init; }
}

namespace HsNas.Contracts.Requests;

/// <summary>What a field of a request holds.</summary>
public enum FieldKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>One of a few strings.</summary>
    Choice,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A list of different choices.</summary>
    List,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>An object with fields of its own.</summary>
    Group,
}

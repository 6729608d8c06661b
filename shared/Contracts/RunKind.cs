namespace HsNas.Contracts;

/// <summary>Which of a search's runs.</summary>
public enum RunKind
{
    /// <summary>The run that was asked for, whatever ranks its generations.</summary>
    Requested,

    /// <summary>The plain supernet search (HAT) that it is compared with.</summary>
    Comparison,
}

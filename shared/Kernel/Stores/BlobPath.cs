namespace HsNas.Kernel.Stores;

/// <summary>Where a blob lies. Its text form, used in messages, is "container/name".</summary>
public readonly record struct BlobPath
{
    /// <summary>A path from its parts.</summary>
    /// <exception cref="ArgumentException">A part is empty, or the name could leave its container.</exception>
    public BlobPath(string container, string name)
    {
        if (string.IsNullOrEmpty(container) || container.Contains('/', StringComparison.Ordinal))
            throw new ArgumentException($"'{container}' is not a container name.", nameof(container));
        if (string.IsNullOrEmpty(name) || name.Split('/').Any(part => part is "" or "." or ".."))
            throw new ArgumentException($"'{name}' is not a blob name.", nameof(name));
        Container = container;
        Name = name;
    }

    /// <summary>Container name.</summary>
    public string Container { get; }

    /// <summary>Blob name; may hold slashes.</summary>
    public string Name { get; }

    /// <summary>Parses "container/name".</summary>
    /// <exception cref="FormatException">The text has no slash, or a part is not a valid name.</exception>
    public static BlobPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) throw new FormatException($"'{text}' is not of the form container/name.");
        try
        {
            return new BlobPath(text[..slash], text[(slash + 1)..]);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>"container/name".</summary>
    public override string ToString() => $"{Container}/{Name}";
}

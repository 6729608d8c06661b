using Azure;

namespace HsNas.Storage;

/// <summary>Tells failures of storage, which may pass, from all others.</summary>
public static class StorageFailure
{
    /// <summary>
    /// Whether storage refused or did not answer. The storage clients throw an <see cref="AggregateException"/> after their own
    /// retries, and an <see cref="IOException"/> where a connection breaks.
    /// </summary>
    public static bool Is(Exception exception) => exception is RequestFailedException or AggregateException or IOException;
}

using System.ComponentModel;

namespace System.IO.Hashing;

/// <summary>The contract of a hash that is not meant for cryptography: data is appended, the hash is read, the state can start anew.</summary>
/// <remarks>Stands in for the package of the same name, of which Azure.Storage needs this one type.</remarks>
public abstract class NonCryptographicHashAlgorithm
{
    private const int CopyBufferBytes = 81920;

    /// <summary>Sets the length of the hashes.</summary>
    protected NonCryptographicHashAlgorithm(int hashLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashLengthInBytes, 1);
        HashLengthInBytes = hashLengthInBytes;
    }

    /// <summary>The length of a hash.</summary>
    public int HashLengthInBytes { get; }

    /// <summary>Adds data.</summary>
    public abstract void Append(ReadOnlySpan<byte> source);

    /// <summary>Forgets all data.</summary>
    public abstract void Reset();

    /// <summary>Writes the hash of the data so far.</summary>
    protected abstract void GetCurrentHashCore(Span<byte> destination);

    /// <summary>Adds data.</summary>
    public void Append(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Append(new ReadOnlySpan<byte>(source));
    }

    /// <summary>Adds all that the stream still holds.</summary>
    public void Append(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new byte[CopyBufferBytes];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            Append(buffer.AsSpan(0, read));
        }
    }

    /// <summary>Adds all that the stream still holds.</summary>
    public Task AppendAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return AppendAllAsync(stream, cancellationToken);
    }

    /// <summary>The hash of the data so far.</summary>
    public byte[] GetCurrentHash()
    {
        var hash = new byte[HashLengthInBytes];
        GetCurrentHashCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of the data so far and returns its length.</summary>
    public int GetCurrentHash(Span<byte> destination)
    {
        RequireRoom(destination);
        GetCurrentHashCore(destination[..HashLengthInBytes]);
        return HashLengthInBytes;
    }

    /// <summary>Writes the hash of the data so far if there is room for it.</summary>
    public bool TryGetCurrentHash(Span<byte> destination, out int bytesWritten)
    {
        if (destination.Length < HashLengthInBytes)
        {
            bytesWritten = 0;
            return false;
        }

        bytesWritten = GetCurrentHash(destination);
        return true;
    }

    /// <summary>The hash of the data so far, which is then forgotten.</summary>
    public byte[] GetHashAndReset()
    {
        var hash = new byte[HashLengthInBytes];
        GetHashAndResetCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of the data so far, which is then forgotten.</summary>
    public int GetHashAndReset(Span<byte> destination)
    {
        RequireRoom(destination);
        GetHashAndResetCore(destination[..HashLengthInBytes]);
        return HashLengthInBytes;
    }

    /// <summary>Writes the hash if there is room for it, and then forgets the data.</summary>
    public bool TryGetHashAndReset(Span<byte> destination, out int bytesWritten)
    {
        if (destination.Length < HashLengthInBytes)
        {
            bytesWritten = 0;
            return false;
        }

        bytesWritten = GetHashAndReset(destination);
        return true;
    }

    /// <summary>Writes the hash and forgets the data.</summary>
    protected virtual void GetHashAndResetCore(Span<byte> destination)
    {
        GetCurrentHashCore(destination);
        Reset();
    }

    /// <summary>Not the hash of the data: the object's own hash code is meaningless here.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("Use GetCurrentHash() to read the computed hash.", error: true)]
#pragma warning disable CS0809 // The official type hides GetHashCode in the same way.
    public override int GetHashCode() => throw new NotSupportedException("Use GetCurrentHash() to read the computed hash.");
#pragma warning restore CS0809

    private async Task AppendAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[CopyBufferBytes];
        for (var read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
             read > 0;
             read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false))
        {
            Append(buffer.AsSpan(0, read));
        }
    }

    private void RequireRoom(Span<byte> destination)
    {
        if (destination.Length < HashLengthInBytes)
        {
            throw new ArgumentException("The destination is shorter than the hash.", nameof(destination));
        }
    }
}

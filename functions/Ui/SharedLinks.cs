using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HsNas.Contracts;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Ui;

/// <summary>
/// Links that open one search until an end, without a key. A link is a hash of both under a secret that all instances of the app
/// share; whoever removes the secret's blob ends all links, within a minute. Safe for concurrent use.
/// </summary>
public sealed class SharedLinks(IArtifactStore store, TimeProvider time)
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private Known? _known;

    /// <summary>The proof that opens a search until an end: "SECONDS.HASH".</summary>
    public async Task<string> SignAsync(string id, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var secret = await SecretAsync(cancellationToken);
        if (secret is null)
        {
            await store.TryCreateAsync(BlobLayout.LinkSecret, RandomNumberGenerator.GetBytes(SecretBytes), cancellationToken);
            secret = await store.ReadAsync(BlobLayout.LinkSecret, cancellationToken);
        }

        var seconds = end.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{Convert.ToHexStringLower(Hash(secret, id, seconds))}");
    }

    /// <summary>Whether a proof opens a search now.</summary>
    public async Task<bool> OpensAsync(string id, string proof, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (proof.Length > 100 || proof.Split('.') is not [var end, var hash]
            || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds <= time.GetUtcNow().ToUnixTimeSeconds()
            || await SecretAsync(cancellationToken) is not { } secret) return false;
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Hash(secret, id, seconds)));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(hash));
    }

    private static byte[] Hash(byte[] secret, string id, long seconds) => HMACSHA256.HashData(
        secret, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"hsnas search {id} until {seconds}")));

    private async Task<byte[]?> SecretAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known is { } known && now - known.At < Age) return known.Secret;
        var secret = await store.TryReadAsync(BlobLayout.LinkSecret, cancellationToken);
        _known = secret is { Length: SecretBytes } ? new Known(now, secret) : null;
        return _known?.Secret;
    }

    private sealed record Known(DateTimeOffset At, byte[] Secret);
}

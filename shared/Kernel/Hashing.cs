using System.Security.Cryptography;
using System.Text;

namespace HsNas.Kernel;

/// <summary>Content hashes for cache keys and fingerprints.</summary>
public static class Hashing
{
    /// <summary>The first 16 hexadecimal digits of the SHA-256 of <paramref name="text"/> in UTF-8, lower case.</summary>
    public static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    /// <summary>Content hash for ids: the first 32 hexadecimal digits of SHA-256 over the parts, each length-prefixed.</summary>
    public static string Fingerprint(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}

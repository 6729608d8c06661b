using System.Security.Cryptography;
using System.Text;

namespace HsNas.Shared.Search;

/// <summary>Content hashes for cache keys and fingerprints.</summary>
public static class Hashing
{
    /// <summary>The first 16 hexadecimal digits of the SHA-256 of <paramref name="text"/> in UTF-8, lower case.</summary>
    public static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

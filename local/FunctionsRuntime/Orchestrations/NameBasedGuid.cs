using System.Security.Cryptography;
using System.Text;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Version 5 identifiers (RFC 9562): the same name gives the same identifier on every replay.</summary>
internal static class NameBasedGuid
{
    private static readonly byte[] DurableNamespace = new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

    internal static Guid Create(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[DurableNamespace.Length + text.Length];
        DurableNamespace.CopyTo(input, 0);
        text.CopyTo(input, DurableNamespace.Length);
#pragma warning disable CA5350 // The scheme prescribes SHA-1; nothing secret rests on it.
        var hash = SHA1.HashData(input).AsSpan(0, 16).ToArray();
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}

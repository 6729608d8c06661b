using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Triggers.Http;

/// <summary>Function keys from the settings FunctionKeys:name; without any, calls are not checked, as in local development.</summary>
internal sealed class FunctionKeys
{
    private const string Section = "FunctionKeys";
    private const string Master = "master";

    private readonly List<(string Name, byte[] Hash)> keys;

    internal FunctionKeys(IConfiguration configuration)
    {
        keys = configuration.GetSection(Section).GetChildren()
            .Where(key => !string.IsNullOrEmpty(key.Value))
            .Select(key => (key.Key, Hash(key.Value!)))
            .ToList();
    }

    internal bool Admits(HttpRequest request, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous || keys.Count == 0)
        {
            return true;
        }

        var presented = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        if (presented.Length == 0)
        {
            return false;
        }

        // Every key is compared, and by hashes of equal length: the time taken tells nothing.
        var hash = Hash(presented);
        var admitted = false;
        foreach (var (name, expected) in keys)
        {
            var isMaster = name.Equals(Master, StringComparison.OrdinalIgnoreCase);
            admitted |= CryptographicOperations.FixedTimeEquals(hash, expected) & (isMaster | level == AuthorizationLevel.Function);
        }

        return admitted;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

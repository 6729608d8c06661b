using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Triggers.Http;

/// <summary>
/// Keys from settings: FunctionKeys:name opens every function, FunctionKeys:function:name that function, FunctionKeys:master
/// all, SystemKeys:durabletask_extension the durable HTTP interface. Without any, calls are not checked, as in local development.
/// </summary>
internal sealed class FunctionKeys
{
    private const string Section = "FunctionKeys";
    private const string SystemSection = "SystemKeys";
    private const string Master = "master";
    private const string DurableKey = "durabletask_extension";

    // Function is null for keys of the host.
    private readonly List<(string? Function, bool IsMaster, byte[] Hash)> keys = [];
    private readonly byte[]? durable;
    private readonly string? durableCode;

    internal FunctionKeys(IConfiguration configuration)
    {
        foreach (var key in configuration.GetSection(Section).GetChildren())
        {
            if (!string.IsNullOrEmpty(key.Value))
            {
                keys.Add((null, key.Key.Equals(Master, StringComparison.OrdinalIgnoreCase), Hash(key.Value)));
            }

            keys.AddRange(key.GetChildren().Where(own => !string.IsNullOrEmpty(own.Value))
                .Select(own => ((string?)key.Key, false, Hash(own.Value!))));
        }

        if (configuration[$"{SystemSection}:{DurableKey}"] is { Length: > 0 } code)
        {
            (durable, durableCode) = (Hash(code), code);
        }
    }

    /// <summary>The system key that addresses of the durable interface carry; null without one.</summary>
    internal string? DurableCode => durableCode;

    private bool Unchecked => keys.Count == 0 && durable is null;

    internal bool Admits(HttpRequest request, AuthorizationLevel level, string function)
    {
        if (level == AuthorizationLevel.Anonymous || Unchecked)
        {
            return true;
        }

        // Every key is compared, by hashes of equal length, so the time taken tells nothing about the keys.
        var hash = Hash(Presented(request));
        var admitted = false;
        foreach (var (owner, isMaster, expected) in keys)
        {
            var fits = owner is null || owner.Equals(function, StringComparison.OrdinalIgnoreCase);
            admitted |= CryptographicOperations.FixedTimeEquals(hash, expected) & (
                isMaster | (fits & level == AuthorizationLevel.Function));
        }

        return admitted;
    }

    /// <summary>Whether a call may use the durable HTTP interface: with the system key or the master key.</summary>
    internal bool AdmitsDurable(HttpRequest request)
    {
        var hash = Hash(Presented(request));
        var admitted = Unchecked | (durable is not null && CryptographicOperations.FixedTimeEquals(hash, durable));
        foreach (var (_, isMaster, expected) in keys)
        {
            admitted |= CryptographicOperations.FixedTimeEquals(hash, expected) & isMaster;
        }

        return admitted;
    }

    private static string Presented(HttpRequest request) =>
        (request.Headers.TryGetValue("x-functions-key", out var header) ? header : request.Query["code"]).FirstOrDefault() ?? string.Empty;

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HsNas.Functions.Tests.Support;

/// <summary>A certificate that signs itself, for servers on this machine: SDKs send no token over plain HTTP.</summary>
internal static class OwnCertificate
{
    private static readonly Lazy<X509Certificate2> Certificate = new(Create);

    /// <summary>The certificate of this process.</summary>
    public static X509Certificate2 Instance => Certificate.Value;

    /// <summary>A handler that trusts it and no other.</summary>
    public static SocketsHttpHandler Handler()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Instance);
        return new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
    }

    private static X509Certificate2 Create()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}

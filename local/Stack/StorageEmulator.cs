using System.Security.Cryptography;
using HsNas.Local.Stack.Processes;

namespace HsNas.Local.Stack;

/// <summary>Azurite as this stack runs it: an account of its own with a key drawn for the run, so no key is in the source.</summary>
/// <param name="Ports">Where it listens.</param>
/// <param name="Key">The account's key, base64.</param>
internal sealed record StorageEmulator(StackPorts Ports, string Key)
{
    private const string Account = "hsnas";

    /// <summary>An emulator with a new key.</summary>
    public static StorageEmulator Create(StackPorts ports) => new(ports, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>What clients connect with.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={BlobAddress};QueueEndpoint={QueueAddress};";

    /// <summary>Address of the blob service.</summary>
    public Uri BlobAddress => new($"http://127.0.0.1:{Ports.Blobs}/{Account}");

    /// <summary>Address of the queue service.</summary>
    public Uri QueueAddress => new($"http://127.0.0.1:{Ports.Queues}/{Account}");

    /// <summary>The process.</summary>
    public ChildSpec Process(StackOptions options) => new(
        "azurite",
        [
            "node", options.Azurite, "--location", Path.Combine(options.RunFolder, "azurite"),
            "--blobHost", "127.0.0.1", "--blobPort", $"{Ports.Blobs}", "--queueHost", "127.0.0.1", "--queuePort", $"{Ports.Queues}",
            "--tableHost", "127.0.0.1", "--tablePort", $"{Ports.Tables}",
            "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--disableProductStyleUrl",
        ],
        new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}" },
        options.RunFolder,
        Path.Combine(options.LogFolder, "azurite.log"));
}

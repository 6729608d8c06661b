using HsNas.Local.Stack.Processes;
using System.Security.Cryptography;
using HsNas.FunctionsRuntime.Tests.Storage;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>Azurite in memory, with as many accounts as systems under test, so that they share nothing.</summary>
internal sealed class Emulator : IAsyncDisposable
{
    private readonly int _blobs = LoopbackPorts.Find();
    private readonly int _queues = LoopbackPorts.Find();
    private readonly Dictionary<string, string> _keys;
    private ChildProcess? _process;

    private Emulator(IEnumerable<string> accounts) =>
        _keys = accounts.ToDictionary(a => a, _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), StringComparer.Ordinal);

    public static Emulator For(params IEnumerable<string> accounts) => new(accounts);

    public string Connection(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={_keys[account]};"
        + $"BlobEndpoint=http://127.0.0.1:{_blobs}/{account};QueueEndpoint=http://127.0.0.1:{_queues}/{account};";

    public async Task StartAsync()
    {
        var (program, arguments) = AzuriteProgram.With(
            "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--disableProductStyleUrl",
            "--blobPort", $"{_blobs}", "--queuePort", $"{_queues}", "--tablePort", "0");
        var environment =
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = string.Join(';', _keys.Select(k => $"{k.Key}:{k.Value}")) };
        _process = ChildProcess.Start("azurite", program, arguments, environment);
        await _process.ListensAsync(_blobs);
        await _process.ListensAsync(_queues);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HsNas.Local.Stack.Processes;

namespace HsNas.FunctionsRuntime.Tests.Storage;

/// <summary>An emulator of blob and queue storage on free ports, in memory.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly string folder = Path.Combine(Path.GetTempPath(), "azurite-" + Guid.NewGuid().ToString("N"));
    private Process? process;

    public string ConnectionString { get; private set; } = string.Empty;

    public async Task InitializeAsync()
    {
        var (blob, queue) = (LoopbackPorts.Find(), LoopbackPorts.Find());
        Directory.CreateDirectory(folder);
        var (program, arguments) = AzuriteProgram.With(
            "--skipApiVersionCheck", "--silent", "--inMemoryPersistence", "--disableTelemetry",
            "--blobPort", $"{blob}", "--queuePort", $"{queue}", "--tablePort", "0");
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        process = Process.Start(start)!;
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{blob}/{Account};QueueEndpoint=http://127.0.0.1:{queue}/{Account};";
        await ReadyAsync(process, blob);
        await ReadyAsync(process, queue);
    }

    public async Task DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ReadyAsync(Process azurite, int port)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException refused) when (azurite.HasExited)
            {
                throw new InvalidOperationException($"Azurite ended: {await azurite.StandardOutput.ReadToEndAsync()}", refused);
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new TimeoutException("Azurite did not start within 120 seconds.");
    }
}

using HsNas.Local.Stack.Processes;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.EndToEnd.Tests.Support;

namespace HsNas.EndToEnd.Tests.Labels;

/// <summary>The local endpoint as a process that puts faults into one request of five and remembers all of them.</summary>
internal sealed class FaultyModelProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly int _port = LoopbackPorts.Find();
    private readonly HttpClient _http = new();
    private ChildProcess? _process;

    public string Endpoint => $"http://127.0.0.1:{_port}/v1";

    /// <summary>The process; settings are added to those of its faults.</summary>
    public static async Task<FaultyModelProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var model = new FaultyModelProcess();
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{model._port}",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Recording__Requests"] = "true",
            ["Faults__RateLimit"] = "0.04",
            ["Faults__ServerError"] = "0.03",
            ["Faults__Slow"] = "0.03",
            ["Faults__Truncated"] = "0.03",
            ["Faults__Refusal"] = "0.03",
            ["Faults__Garbage"] = "0.04",
            ["Faults__RetryAfter"] = "00:00:00.050",
            ["Faults__SlowBy"] = "00:00:00.200",
        };
        foreach (var (name, value) in settings) environment[name] = value;
        model._process =
            ChildProcess.Start("model", "dotnet", [Programs.Output("local/InContextModel", "HsNas.Local.InContextModel")], environment);
        await model._process.ListensAsync(model._port);
        return model;
    }

    /// <summary>Every request so far.</summary>
    public async Task<IReadOnlyList<Recorded>> RequestsAsync() =>
        (await _http.GetFromJsonAsync<List<Recorded>>(new Uri($"http://127.0.0.1:{_port}/recording/requests"), Snake))!;

    /// <summary>Every batch so far, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> BatchesAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonElement>(new Uri($"{Endpoint}/batches"))).GetProperty("data").EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = null;
        _http.Dispose();
    }

    /// <summary>One request as it was answered.</summary>
    internal sealed record Recorded(string PromptHash, int Status, string Fault, int PromptTokens, int CachedTokens, int CompletionTokens)
    {
        /// <summary>Whether it was answered, and would be paid for.</summary>
        public bool Answered => Status == 200;

        /// <summary>Whether the answer was a label.</summary>
        public bool Usable => Answered && Fault is "none" or "slow";
    }
}

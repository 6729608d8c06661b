using HsNas.Local.Stack.Processes;
using HsNas.Trials;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>
/// What all tests share: an emulator, a model, and two systems with separate storage. The first serves every test; the second
/// is killed by some.
/// </summary>
public sealed class RunningSystems : IAsyncLifetime
{
    private readonly Emulator _emulator = Emulator.For("main", "killed");
    private readonly Lazy<Task<string>> _firstSearch;
    private ChildProcess? _model;
    private HsNasSystem? _main;
    private HsNasSystem? _killed;

    public RunningSystems() => _firstSearch = new(() => Main.Searches.StartAsync(SystemSearches.Request(MicroTask.Plain.Name)));

    internal HsNasSystem Main => _main!;

    internal HsNasSystem Killed => _killed!;

    /// <summary>The first search of the main system, which had to make everything; its id.</summary>
    internal Task<string> FirstSearchAsync() => _firstSearch.Value;

    public async Task InitializeAsync()
    {
        var port = LoopbackPorts.Find();
        _model = ChildProcess.Start("model", "dotnet", [Programs.Output("local/InContextModel", "HsNas.Local.InContextModel")],
            new() { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" });
        await _emulator.StartAsync();
        await _model.ListensAsync(port);
        _main = HsNasSystem.On(_emulator.Connection("main"), $"http://127.0.0.1:{port}/v1");
        _killed = HsNasSystem.On(_emulator.Connection("killed"), $"http://127.0.0.1:{port}/v1");
        foreach (var task in new[] { MicroTask.Plain, MicroTask.Endless, MicroTask.Broken, MicroTask.Twin })
            await task.UploadAsync(Main.Store);
        await MicroTask.Plain.UploadAsync(Killed.Store);
        await Main.StartAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _main, _killed, _model, _emulator })
            if (part is not null) await part.DisposeAsync();
    }
}

/// <summary>One set of systems for all tests, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SystemCollection : ICollectionFixture<RunningSystems>
{
    public const string Name = "system";
}

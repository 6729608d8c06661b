using System.Globalization;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Trials;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Pricing;

namespace HsNas.EndToEnd.Tests.Labels;

/// <summary>A system whose model makes errors and has a price, for tests of bought labels.</summary>
/// <param name="name">Name of its storage account.</param>
/// <param name="settings">Further settings of the function app.</param>
/// <param name="tasks">Tasks uploaded.</param>
/// <param name="model">Further settings of the model.</param>
public abstract class LabelSystem(
    string name, Dictionary<string, string> settings, MicroTask[] tasks, params (string Name, string Value)[] model) : IAsyncLifetime
{
    private static readonly ModelPrice Price =
        new() { Model = "m", InputPerMillion = 0.15m, CachedInputPerMillion = 0.075m, OutputPerMillion = 0.6m, BatchFactor = 0.5m };

    private readonly Emulator _emulator = Emulator.For(name);
    private FaultyModelProcess? _model;
    private HsNasSystem? _system;

    private protected HsNasSystem System => _system!;

    private protected FaultyModelProcess Model => _model!;

    public async Task InitializeAsync()
    {
        await _emulator.StartAsync();
        _model = await FaultyModelProcess.StartAsync(model);
        _system = HsNasSystem.On(_emulator.Connection(name), Model.Endpoint, Priced());
        foreach (var task in tasks) await task.UploadAsync(System.Store);
        await System.StartFunctionsAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _system, _model, _emulator })
            if (part is not null) await part.DisposeAsync();
    }

    /// <summary>What the provider asks for these requests; the first <paramref name="inBatch"/> were asked in a batch.</summary>
    private protected decimal Bill(IEnumerable<FaultyModelProcess.Recorded> requests, int inBatch = 0) =>
        requests.Select((r, i) =>
            r.Answered ? Price.Of(new TokenUsage(r.PromptTokens, r.CachedTokens, r.CompletionTokens, 0), batch: i < inBatch) : 0).Sum();

    /// <summary>Each of so many questions has exactly one usable answer.</summary>
    private protected static void AssertBoughtOnce(IReadOnlyList<FaultyModelProcess.Recorded> requests, int questions)
    {
        var byPrompt = requests.GroupBy(r => r.PromptHash, StringComparer.Ordinal).ToList();
        Assert.Equal(questions, byPrompt.Count);
        Assert.All(byPrompt, prompt => Assert.Equal(1, prompt.Count(r => r.Usable)));
    }

    private Dictionary<string, string> Priced()
    {
        var all = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach (var (field, value) in new[]
        {
            (nameof(Price.InputPerMillion), Price.InputPerMillion), (nameof(Price.CachedInputPerMillion), Price.CachedInputPerMillion),
            (nameof(Price.OutputPerMillion), Price.OutputPerMillion), (nameof(Price.BatchFactor), Price.BatchFactor),
        })
            if (value is { } number) all[$"Llm__Price__{field}"] = number.ToString(CultureInfo.InvariantCulture);
        return all;
    }
}

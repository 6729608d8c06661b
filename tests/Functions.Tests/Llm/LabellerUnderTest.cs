using HsNas.Functions.Tests.Support;
using HsNas.Llm;
using HsNas.Llm.Asking;
using HsNas.Llm.Labelling;
using HsNas.Predictors;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Functions.Tests.Llm;

/// <summary>A labeller over a real ledger in a folder, and questions to ask it.</summary>
internal sealed class LabellerUnderTest : IDisposable
{
    public static readonly LlmOptions Options = new()
    {
        Model = "some-model",
        ApiKey = "key",
        Price = new PriceOptions { InputPerMillion = 10, CachedInputPerMillion = 5, OutputPerMillion = 100 },
    };

    private static readonly TaskDefinition Task = TaskCatalog.Get("wmt14-en-de");

    private readonly TemporaryStore _blobs = new();

    public LabellerUnderTest()
    {
        Architectures = new ArchitectureSampler(Task.Space, 5).Distinct(20);
        var cost = CostModel.For(Task);
        var shown = new ArchitectureSampler(Task.Space, 77).Distinct(4)
            .Select((a, i) => new Demonstration(a, cost.Evaluate(a).TotalGFlops, 20 + i)).ToList();
        Prompts = new PromptBuilder(Task, shown, [], new PromptOptions { TaskExamples = 0, ArchitectureExamples = 4 });
    }

    public IReadOnlyList<Architecture> Architectures { get; }

    public PromptBuilder Prompts { get; }

    public TemporaryStore Blobs => _blobs;

    public LabelRun Run(decimal? limit = null) => new(new LlmPrices(Options).Allow(limit), "", DateTimeOffset.UnixEpoch);

    /// <summary>A new labeller, as a new process has it; only the ledger is the same.</summary>
    public ChatLabeller Labeller(LlmOptions options) =>
        new(options, new LabelLedger(_blobs.Store), new ChatAsker(options, TimeProvider.System), new LlmPrices(options),
            TimeProvider.System);

    public Task<GroupLabels> AskAsync(LlmOptions options, int architectures = 1, LabelRun? run = null) =>
        Labeller(options).LabelAsync([.. Architectures.Take(architectures)], Prompts, run ?? Run(), CancellationToken.None);

    public void Dispose() => _blobs.Dispose();
}

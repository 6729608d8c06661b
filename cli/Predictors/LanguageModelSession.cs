using HsNas.Shared.Messaging;
using HsNas.Shared.Predictors.LanguageModels;
using HsNas.Shared.Translation;

namespace HsNas.Cli.Predictors;

/// <summary>A model that a command asks, with what the prompts show.</summary>
/// <param name="Address">Base address, ending in /v1.</param>
/// <param name="Model">Its name there.</param>
/// <param name="Key">API key; empty for none.</param>
/// <param name="Ledger">Where bought answers are kept; null: nowhere.</param>
/// <param name="Pairs">Sentence pairs for the second instruction; may be empty.</param>
/// <param name="Orders">Orders of the demonstrations.</param>
/// <param name="Samples">Answers to each of these prompts.</param>
/// <param name="Server">The process that answers, where the command started it.</param>
internal sealed record LanguageModelSession(
    Uri Address, string Model, string Key, IArtifactStore? Ledger, IReadOnlyList<SentencePair> Pairs, int Orders, int Samples, LocalModel? Server) : IAsyncDisposable
{
    /// <summary>True where a regression answers in place of a language model.</summary>
    public bool IsRegression => Model == LocalModel.Name;

    /// <summary>The sources of several answers to the same prompts.</summary>
    public IReadOnlyList<ILabelSource> Sources => [.. Enumerable.Range(0, Samples).Select(Source)];

    /// <summary>The source of the answers of one sample.</summary>
    public EndpointLabels Source(int sample) => new(Address, Model, Key, sample, Ledger);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}

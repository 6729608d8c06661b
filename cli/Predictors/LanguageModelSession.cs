using HsNas.Contracts.Stored;
using HsNas.Evaluation.InContext;
using HsNas.Kernel.Stores;
using HsNas.Predictors.LanguageModels;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Predictors;

/// <summary>A model that a command asks, with what the prompts show. At its end it says what was spent.</summary>
/// <param name="Endpoint">The model that answers.</param>
/// <param name="Pairs">Sentence pairs for the second instruction; may be empty.</param>
/// <param name="Orders">Orders of the demonstrations.</param>
/// <param name="Samples">Answers to each of these prompts.</param>
/// <param name="Say">Told what was spent.</param>
/// <param name="Server">The process that answers, where the command started it; then nothing is spent.</param>
internal sealed record LanguageModelSession(
    EndpointModel Endpoint, IReadOnlyList<SentencePair> Pairs, int Orders, int Samples, Action<string> Say, LocalModel? Server)
        : IAsyncDisposable
{
    /// <summary>The model's name.</summary>
    public string Model => Endpoint.Options.Model;

    /// <summary>True where a regression answers in place of a language model.</summary>
    public bool IsRegression => StandInModels.Contains(Model);

    /// <summary>Name of its predictor in tables; a second regression is told apart by its kind.</summary>
    public string Predictor => Model == StandInModels.Ridge ? "LLM-PP (ridge)" : "LLM-PP";

    /// <summary>Name of its rows' group in tables.</summary>
    public string Group => IsRegression ? $"{Model} in place of a language model" : Model;

    /// <summary>Further models, at the same server, that the command line did not choose among.</summary>
    public IReadOnlyList<LanguageModelSession> Beside { get; init; } = [];

    /// <summary>This one and those beside it.</summary>
    public IReadOnlyList<LanguageModelSession> All => [this, .. Beside];

    /// <summary>The sources of several answers to the same prompts.</summary>
    public IReadOnlyList<ILabelSource> Sources => [.. Enumerable.Range(0, Samples).Select(Source)];

    /// <summary>The source of the answers of one sample.</summary>
    public ILabelSource Source(int sample) => Endpoint.Source(sample);

    /// <summary>
    /// This session with sentence pairs: those of the command line, or else those of the task's data set, as in a search.
    /// </summary>
    public async Task<LanguageModelSession> ShowingAsync(IArtifactStore data, TaskDefinition task, CancellationToken cancellationToken)
    {
        if (Pairs.Count > 0) return this;
        var pairs = await ValidationPairs.ReadAsync(data, task.Name, cancellationToken);
        return this with { Pairs = pairs, Beside = [.. Beside.Select(s => s with { Pairs = pairs })] };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Server is not null) return Server.DisposeAsync();
        Say(Endpoint.Account);
        return ValueTask.CompletedTask;
    }
}

using System.Runtime.ExceptionServices;
using HsNas.Llm.Labelling;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;

namespace HsNas.Cli.Predictors;

/// <summary>One of several answers that a model gives to the same prompts, in the paper's form: one call a prompt.</summary>
internal sealed class EndpointLabels : ILabelSource
{
    private readonly EndpointModel _model;
    private readonly string _epoch;

    /// <summary>A source.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="sample">Which answer, from 0.</param>
    public EndpointLabels(EndpointModel model, int sample)
    {
        (_model, _epoch) = (model, sample == 0 ? "" : $"repeat={sample}");
        Fingerprint = $"{model.Options.Model} {model.Options.ModelVersion} {ChatLabeller.Settings(model.Options, _epoch)}".Trim();
    }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<double>> LabelAsync(IReadOnlyList<Prompt> prompts, CancellationToken cancellationToken = default)
    {
        var values = new double?[prompts.Count];
        LabelUnavailableException? failure = null;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _model.Options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, prompts.Count, parallel, async (i, token) =>
        {
            if (Volatile.Read(ref failure) is not null) return;
            try
            {
                values[i] = await _model.AskAsync(prompts[i], _epoch, token);
            }
            catch (LabelUnavailableException e)
            {
                // No further call is made. Calls in flight are paid for, so they are awaited and reach the ledger.
                Interlocked.CompareExchange(ref failure, e, null);
            }
        });
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return [.. values.Select(v => v ?? throw _model.LimitReached)];
    }
}

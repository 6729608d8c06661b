using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Searches.Files;
using HsNas.Predictors;
using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Contexts;

/// <summary>Everything that decides a search's generations, ready for use. Immutable; safe for concurrent use.</summary>
public sealed class SearchContext
{
    /// <summary>The context that a blob describes.</summary>
    /// <param name="stored">What the blob holds.</param>
    /// <param name="constraints">What may be limited.</param>
    public SearchContext(StoredContext stored, ConstraintSet constraints)
    {
        ArgumentNullException.ThrowIfNull(stored);
        (Request, Plan, Task) = (stored.Request, stored.Plan, stored.Task);
        Latency = stored.Latency is null
            ? null
            : LatencyPredictor.Load(new MemoryStream(stored.Latency), $"latency predictor of {Request.Device}");
        LatencyInForce = Request.LatencyConfidence is { } confidence ? Latency?.AtConfidence(confidence) : Latency;
        Predictor = stored.Predictor is not { } kept ? null : new DistilledPredictor(
            Task.Space, MlpModel.Load(new MemoryStream(kept.Model), $"predictor {Plan.Predictor}"), kept.Range, kept.Name, kept.Metric);
        Feasibility = new FeasibilityChecker(Task, Request.Limits, LatencyInForce, constraints);
        Engine = new EvolutionEngine(Task, Request.EvolutionInForce, Feasibility, Selection(constraints));
    }

    /// <summary>The request as accepted.</summary>
    public SearchRequest Request { get; }

    /// <summary>The plan, with the predictor that is used.</summary>
    public SearchPlan Plan { get; }

    /// <summary>The task's definition.</summary>
    public TaskDefinition Task { get; }

    /// <summary>The device's latency predictor; null where none was made.</summary>
    public LatencyPredictor? Latency { get; }

    /// <summary>
    /// What latency limits are compared with in the search: predictions, or upper bounds at the request's confidence; null where no
    /// latency predictor was made.
    /// </summary>
    public ILatencyPredictor? LatencyInForce { get; }

    /// <summary>The distilled predictor; null where no generation is ranked by one.</summary>
    public DistilledPredictor? Predictor { get; }

    /// <summary>The request's limits.</summary>
    public FeasibilityChecker Feasibility { get; }

    /// <summary>The evolution under the request's limits, for its objectives.</summary>
    public EvolutionEngine Engine { get; }

    private ParetoSelection? Selection(ConstraintSet constraints) => Request.Objectives is not { } objectives
        ? null
        : new ParetoSelection(
            new GeneCodec(Task.Space), Request.EvolutionInForce, constraints.ResolveObjectives(objectives),
            new ConstraintContext(Task, Latency));
}

using HsNas.Contracts.Requests;
using HsNas.Functions.Searches.Files;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Contexts;

/// <summary>
/// Blob <c>context.json</c>: copies of everything that decides a search's generations. A promotion, a measurement or a task
/// that is replaced while the search runs changes nothing of it.
/// </summary>
/// <param name="Request">The request as accepted.</param>
/// <param name="Plan">The plan, with the predictor that is used.</param>
/// <param name="Task">The task's definition.</param>
/// <param name="Latency">The device's latency predictor as its file; null where none was made.</param>
/// <param name="Predictor">The distilled predictor; null where no generation is ranked by one.</param>
public sealed record StoredContext(
    SearchRequest Request, SearchPlan Plan, TaskDefinition Task, byte[]? Latency, StoredPredictor? Predictor);

/// <summary>A distilled predictor.</summary>
/// <param name="Model">The MLP as its file.</param>
/// <param name="Range">Where the teacher's demonstrations lay; null where nothing is an extrapolation.</param>
/// <param name="Name">The field's name of the method.</param>
/// <param name="Metric">What it predicts.</param>
public sealed record StoredPredictor(byte[] Model, DemonstratedRange? Range, string Name, string Metric);

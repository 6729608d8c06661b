using HsNas.Predictors.Latency;
using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>What constraints compute values from.</summary>
/// <param name="task">Supplies the space and the cost model.</param>
/// <param name="latency">Latency of the search's device; null where it was not measured yet.</param>
public sealed class ConstraintContext(TaskDefinition task, ILatencyPredictor? latency = null)
{
    /// <summary>The task.</summary>
    public TaskDefinition Task => task;

    /// <summary>FLOPs and parameters of the task's architectures.</summary>
    public CostModel Cost { get; } = CostModel.For(task);

    /// <summary>Latency of the search's device; null where it was not measured yet.</summary>
    public ILatencyPredictor? Latency => latency;
}

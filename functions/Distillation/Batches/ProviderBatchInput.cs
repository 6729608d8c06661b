using HsNas.Functions.Distillation.Plans;

namespace HsNas.Functions.Distillation.Batches;

/// <summary>Waits between looks at a provider's batch.</summary>
/// <param name="First">The first; later ones grow by half.</param>
/// <param name="Most">The longest.</param>
public sealed record ProviderBatchWaits(TimeSpan First, TimeSpan Most);

/// <summary>A provider's batch that is waited for.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Waits">How to wait.</param>
/// <param name="Ticket">The batch; null before it is submitted.</param>
/// <param name="Looks">How often it was looked at.</param>
public sealed record ProviderBatchInput(DistillationPlan Plan, ProviderBatchWaits Waits, BatchTicket? Ticket = null, int Looks = 0);

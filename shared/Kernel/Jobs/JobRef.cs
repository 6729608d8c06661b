namespace HsNas.Kernel.Jobs;

/// <summary>A piece of work that a worker does elsewhere, small enough for an orchestration's history.</summary>
/// <param name="JobId">Hash of the kind and the input: equal work has one id.</param>
/// <param name="Kind">Kind of job.</param>
/// <param name="Done">Whether its result was there when it was submitted, so that there is nothing to wait for.</param>
public sealed record JobRef(string JobId, string Kind, bool Done = false);

using System.Text.Json;
using System.Text.Json.Serialization;

namespace HsNas.Contracts.Jobs;

/// <summary>The result blob of a job: either <see cref="Value"/> or <see cref="Error"/>.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Kind">One of <see cref="JobKinds.All"/>.</param>
/// <param name="Value">The kind's result; null on failure.</param>
/// <param name="Error">What went wrong, in words for the user; null on success.</param>
/// <param name="Seconds">Wall-clock seconds of the successful run (all its parts, where it was resumed).</param>
/// <param name="Worker">Name of the device that did it.</param>
/// <remarks>Fields of a newer worker are ignored.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record JobResult(string JobId, string Kind, JsonElement? Value, string? Error, double Seconds, string Worker);

/// <summary>How far a job is.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What is counted, for example "steps".</param>
/// <param name="Note">A figure worth showing, for example the loss and the speed.</param>
/// <remarks>Fields of a newer worker are ignored.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record JobProgress(long Done, long Total, string Unit, string? Note);

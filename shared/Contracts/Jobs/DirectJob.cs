using System.Text.Json;

namespace HsNas.Contracts.Jobs;

/// <summary>A job that a worker's program is asked to do without a queue.</summary>
/// <param name="Kind">One of <see cref="JobKinds.All"/>.</param>
/// <param name="Input">Its input. The job has the id that a queued one of this input has.</param>
public sealed record DirectJob(string Kind, JsonElement Input)
{
    /// <summary>A job of an input.</summary>
    public static DirectJob Of<T>(string kind, T input) => new(kind, JsonSerializer.SerializeToElement(input, Kernel.Json.Options));
}

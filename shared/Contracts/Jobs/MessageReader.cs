using System.Text.Json;
using HsNas.Kernel;
using HsNas.Kernel.Validation;

namespace HsNas.Contracts.Jobs;

/// <summary>Reads queue messages; a fault is named by its field.</summary>
internal static class MessageReader
{
    private const int JobIdLength = 32;
    private const int LongestInstanceId = 100;

    /// <summary>The message.</summary>
    /// <exception cref="DataFormatException">It is not JSON, or not of this form.</exception>
    public static T Read<T>(string queue, string message)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(message, Json.Options) ?? throw new DataFormatException(queue, "$", "null", "an object");
        }
        catch (JsonException e)
        {
            throw new DataFormatException(queue, e.Path ?? "$", message, e.Message);
        }
    }

    /// <summary>Demands the form of ids that this system makes, so that no message names a blob outside its job.</summary>
    /// <exception cref="DataFormatException">It is another.</exception>
    public static void DemandIds(string queue, string? jobId, string? instanceId)
    {
        Demand(
            jobId is { Length: JobIdLength } && jobId.All(char.IsAsciiHexDigitLower), queue, "jobId", jobId,
            "32 lower-case hexadecimal digits");
        Demand(
            instanceId is { Length: > 0 and <= LongestInstanceId } && !instanceId.Any(
                c => char.IsControl(c) || c is '/' or '\\' or '#' or '?'),
            queue, "instanceId", instanceId,
            $"1 to {LongestInstanceId} characters, none of them a control character, '/', '\\', '#' or '?'");
    }

    /// <summary>Demands that a field holds what it must.</summary>
    /// <exception cref="DataFormatException">It does not.</exception>
    public static void Demand(bool holds, string queue, string field, string? value, string allowed)
    {
        if (!holds) throw new DataFormatException(queue, field, value ?? "missing", allowed);
    }
}

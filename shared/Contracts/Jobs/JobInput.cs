using System.Text.Json;
using HsNas.Kernel;

namespace HsNas.Contracts.Jobs;

/// <summary>Reads the input of a job, in which nothing may be ignored: results are named by the hash of their whole input.</summary>
public static class JobInput
{
    /// <summary>The input.</summary>
    /// <exception cref="NewerJobException">It has a field that this version does not know.</exception>
    /// <exception cref="JsonException">It is not of this form.</exception>
    public static T Read<T>(JsonElement input)
    {
        try
        {
            return input.Deserialize<T>(Json.Options) ?? throw new JsonException("The input is null.");
        }
        catch (JsonException e) when (IsReadableInPart<T>(input))
        {
            throw new NewerJobException($"its input has the field {e.Path}, which this version does not know.");
        }
    }

    private static bool IsReadableInPart<T>(JsonElement input)
    {
        try
        {
            return input.Deserialize<T>(Json.Lenient) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>A job is of a newer version than its reader. A newer worker can do it.</summary>
public sealed class NewerJobException(string message) : Exception(message);

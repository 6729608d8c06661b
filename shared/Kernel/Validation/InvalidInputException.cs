namespace HsNas.Kernel.Validation;

/// <summary>
/// Something handed in from outside (a file, a request, an option) is not usable. The message always names the source,
/// the field, the value found and what is allowed, so that it can be shown to a user as it is.
/// </summary>
public class InvalidInputException : Exception
{
    private const int Longest = 120;

    /// <summary>Reports that <paramref name="field"/> of <paramref name="source"/> holds <paramref name="value"/>.</summary>
    /// <param name="source">Where it came from: a file or blob name, or "options". Not null.</param>
    /// <param name="field">Path of the field, for example "space.encoderLayers[0]".</param>
    /// <param name="value">The value found, as text; long values are cut at 120 characters.</param>
    /// <param name="allowed">What would have been accepted, worded to follow "expected".</param>
    /// <param name="line">1-based line number, or null where lines mean nothing.</param>
    public InvalidInputException(string source, string field, string value, string allowed, int? line = null)
        : base($"{source}{(line is null ? "" : $":{line}")}: {field} is {Excerpt.Of(value, Longest)}; expected {allowed}.")
    {
        InputSource = source;
        Field = field;
        Value = Excerpt.Of(value, Longest);
        Allowed = allowed;
        Line = line;
    }

    /// <summary>Where the input came from.</summary>
    public string InputSource { get; }

    /// <summary>Path of the offending field.</summary>
    public string Field { get; }

    /// <summary>The value found, cut at 120 characters.</summary>
    public string Value { get; }

    /// <summary>What would have been accepted.</summary>
    public string Allowed { get; }

    /// <summary>1-based line, or null.</summary>
    public int? Line { get; }
}

/// <summary>A row or record of a data file (TFS-Eval, latency csv, predictor file) is malformed.</summary>
public sealed class DataFormatException(string source, string field, string value, string allowed, int? line = null)
    : InvalidInputException(source, field, value, allowed, line);

/// <summary>An option of a search, a prompt or a training lies outside its range.</summary>
public sealed class OptionException(string field, object? value, string allowed)
    : InvalidInputException("options", field, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "null", allowed)
{
    /// <summary>Throws where <paramref name="holds"/> is false.</summary>
    /// <exception cref="OptionException">The condition does not hold.</exception>
    public static void ThrowUnless(bool holds, string field, object? value, string allowed)
    {
        if (!holds)
        {
            throw new OptionException(field, value, allowed);
        }
    }
}

using System.Globalization;

namespace HsNas.Dashboard.Models;

/// <summary>Figures as they are read, the same on every machine.</summary>
public static class Say
{
    /// <summary>What stands where a figure is not known.</summary>
    public const string Unknown = "–";

    /// <summary>A number with so many decimals.</summary>
    public static string Number(double? value, int decimals = 3) =>
        value is { } v ? v.ToString($"N{decimals}", CultureInfo.InvariantCulture) : Unknown;

    /// <summary>A number to five digits, as limits are said.</summary>
    public static string Figure(double? value) => value is { } v ? v.ToString("G5", CultureInfo.InvariantCulture) : Unknown;

    /// <summary>A whole number.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>US dollars.</summary>
    public static string Dollars(decimal? value) =>
        value is { } v ? string.Create(CultureInfo.InvariantCulture, $"${v:0.00##}") : "price not known";

    /// <summary>A share of one.</summary>
    public static string Share(double? value) =>
        value is { } v ? string.Create(CultureInfo.InvariantCulture, $"{v * 100:0.#} %") : Unknown;

    /// <summary>A time span: "42 s", "3 min 05 s", "2 h 07 min".</summary>
    public static string Seconds(double? seconds)
    {
        if (seconds is not { } s || !double.IsFinite(s)) return Unknown;
        if (s < 9.95) return string.Create(CultureInfo.InvariantCulture, $"{s:0.0} s");
        var span = TimeSpan.FromSeconds(Math.Round(Math.Min(s, 1e9)));
        return span.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} h {span.Minutes:00} min")
            : span.TotalMinutes >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds:00} s")
                : string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s");
    }

    /// <summary>A moment, UTC; the module turns it into the reader's zone.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A moment as machines read it.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Pixels of a drawing.</summary>
    public static string Pixel(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace HsNas.Charts.Svg;

/// <summary>A linear axis with round tick values.</summary>
public sealed class Axis
{
    private const int TicksWanted = 6;

    private readonly double _step;

    private Axis(string label, double low, double high, double step)
    {
        Label = label;
        Low = low;
        High = high;
        _step = step;
    }

    /// <summary>What the axis shows, with its unit.</summary>
    public string Label { get; }

    /// <summary>Value at the axis' start.</summary>
    public double Low { get; }

    /// <summary>Value at its end, above <see cref="Low"/>.</summary>
    public double High { get; }

    /// <summary>Tick values from <see cref="Low"/> to <see cref="High"/>.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((High - Low) / _step) + 1).Select(i => Low + (i * _step));

    /// <summary>An axis that covers all finite <paramref name="values"/>, widened to round numbers; 0 to 1 where there are none.</summary>
    public static Axis Covering(string label, IEnumerable<double> values, bool fromZero = false)
    {
        var finite = values.Where(double.IsFinite).ToList();
        var low = finite.Count == 0 || (fromZero && finite.Min() > 0) ? 0 : finite.Min();
        var high = finite.Count == 0 ? 1 : finite.Max();
        if (high - low < 1e-9 * Math.Max(1, Math.Abs(high)))
        {
            (low, high) = fromZero && low == 0 ? (0, Math.Max(high, 1)) : (low - 0.5, high + 0.5);
        }

        var step = RoundStep((high - low) / TicksWanted);
        return new Axis(label, Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step, step);
    }

    /// <summary>0 at <see cref="Low"/>, 1 at <see cref="High"/>.</summary>
    public double Fraction(double value) => (value - Low) / (High - Low);

    /// <summary>A tick's text, with as many decimals as the step needs.</summary>
    public string Format(double value)
    {
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(_step) - 1e-9), 0, 9);
        return (Math.Abs(value) < _step * 1e-6 ? 0 : value).ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    private static double RoundStep(double raw)
    {
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return new[] { 1, 2, 5, 10 }.Select(m => m * magnitude).First(s => s >= raw * (1 - 1e-9));
    }
}

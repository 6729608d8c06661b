using System.Reflection;
using System.Text.Json;
using HsNas.Kernel;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Pricing;

/// <summary>
/// List prices as they were on a day: the files of <c>data/prices</c>. Prices change and differ by region and contract, so the
/// user must check them. Settings override them.
/// </summary>
public sealed record PriceTable
{
    private static readonly Lazy<PriceTable> Embedded = new(ReadEmbedded);

    /// <summary>The day the prices were looked up.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Where, in words.</summary>
    public required string Source { get; init; }

    /// <summary>Prices, by model.</summary>
    public required IReadOnlyList<ModelPrice> Models { get; init; }

    /// <summary>The newest table that this program was built with.</summary>
    public static PriceTable BuiltIn => Embedded.Value;

    /// <summary>The price of a model, compared exactly; null where it is not in the table.</summary>
    public ModelPrice? TryGet(string model) => Models.FirstOrDefault(m => m.Model == model);

    /// <summary>Reads a table.</summary>
    /// <exception cref="DataFormatException">It is not readable, or a price is negative or given twice.</exception>
    public static PriceTable Parse(string json, string sourceName)
    {
        PriceTable table;
        try
        {
            table = JsonSerializer.Deserialize<PriceTable>(json, Json.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new DataFormatException(sourceName, e.Path ?? "$", "not readable", "a price table: asOf, source, models");
        }

        foreach (var price in table.Models)
        {
            if (price.InputPerMillion < 0 || price.OutputPerMillion < 0 || price.CachedInputPerMillion < 0
                || price.BatchFactor is < 0 or > 1)
                throw new DataFormatException(
                    sourceName, price.Model, "a price below 0, or a batch factor outside 0 to 1", "dollars for a million tokens");
            if (table.Models.Count(m => m.Model == price.Model) > 1)
                throw new DataFormatException(sourceName, price.Model, "given twice", "every model once");
        }

        return table;
    }

    private static PriceTable ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("HsNas.Prices.", StringComparison.Ordinal))
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return Parse(reader.ReadToEnd(), n);
            }).MaxBy(t => t.AsOf)!;
    }
}

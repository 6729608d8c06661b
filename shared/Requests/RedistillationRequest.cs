using System.Text.Json;

namespace HsNas.Shared.Requests;

/// <summary>What a user asks for who wants a predictor distilled anew. Every field has a default; so has an empty body.</summary>
public sealed record RedistillationRequest
{
    /// <summary>Architectures that are labelled, 20 to 100,000.</summary>
    public int Labels { get; init; } = 3000;

    /// <summary>Most that labels may cost, US dollars, above 0; null: no limit.</summary>
    public double? MaxCostUsd { get; init; }

    /// <summary>Asks everything anew, because the model may have drifted; answers of the ledger are not used.</summary>
    public bool Fresh { get; init; }

    /// <summary>Reads untrusted bytes, naming every fault.</summary>
    public static (RedistillationRequest Request, IReadOnlyList<FieldError> Errors) Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > SearchRequestReader.MaxBytes) return (new(), [SearchRequestReader.TooLong(json.Length)]);
        if (json.Length == 0) return (new(), []);
        try
        {
            using var document = JsonDocument.Parse(json);
            var errors = new List<FieldError>();
            var reader = new FieldReader(document.RootElement, "", errors);
            var request = new RedistillationRequest
            {
                Labels = reader.Integer("labels", 3000, 20, 100_000),
                MaxCostUsd = SearchRequestReader.ReadMoney(reader),
                Fresh = reader.Flag("fresh", fallback: false),
            };
            reader.RefuseUnknown();
            return (request, errors);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (new(), [new FieldError("$", "is not JSON, or holds text that is not valid Unicode.")]);
        }
    }
}

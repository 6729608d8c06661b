namespace HsNas.Contracts.Requests;

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
        var request = new RedistillationRequest();
        if (json.Length == 0) return (request, []);
        var errors = RequestDocument.Read(json, reader => request = new RedistillationRequest
        {
            Labels = reader.Integer("labels", request.Labels, 20, 100_000),
            MaxCostUsd = SearchRequestReader.ReadMoney(reader),
            Fresh = reader.Flag("fresh", fallback: false),
        });
        return (request, errors);
    }
}

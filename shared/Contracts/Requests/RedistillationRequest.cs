namespace HsNas.Contracts.Requests;

/// <summary>Body of a request to distil a task's predictor anew. Every field has a default, and the body may be empty.</summary>
public sealed record RedistillationRequest
{
    private static readonly RequestField FreshField =
        new("fresh", FieldKind.Flag, "Whether everything is asked anew instead of reusing answers of the ledger.") { Default = false };

    /// <summary>Architectures that are labelled.</summary>
    public int Labels { get; init; } = LabelCount.Default;

    /// <summary>Most that labels may cost, US dollars; null: no limit.</summary>
    public double? MaxCostUsd { get; init; }

    /// <summary>Whether answers of the ledger are left unused, for example because the model may have drifted.</summary>
    public bool Fresh { get; init; }

    /// <summary>The fields, in the order in which they are documented.</summary>
    public static IReadOnlyList<RequestField> Fields { get; } = [SearchFields.Labels, SearchFields.MaxCostUsd, FreshField];

    /// <summary>Reads untrusted bytes, naming every fault.</summary>
    public static (RedistillationRequest Request, IReadOnlyList<FieldError> Errors) Read(ReadOnlyMemory<byte> json)
    {
        var request = new RedistillationRequest();
        if (json.Length == 0) return (request, []);
        var errors = RequestDocument.Read(json, Fields, reader => request = new RedistillationRequest
        {
            Labels = reader.Integer(SearchFields.Labels),
            MaxCostUsd = reader.OptionalNumber(SearchFields.MaxCostUsd),
            Fresh = reader.Flag(FreshField),
        });
        return (request, errors);
    }
}

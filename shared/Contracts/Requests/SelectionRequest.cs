namespace HsNas.Contracts.Requests;

/// <summary>Which predictor of a task's history a user wants in force.</summary>
/// <param name="Fingerprint">16 hexadecimal digits.</param>
public sealed record SelectionRequest(string Fingerprint)
{
    // The pattern also keeps the fingerprint from leaving the task's folder.
    private static readonly RequestField FingerprintField = new("fingerprint", FieldKind.Text, "The predictor, as the history names it.")
    {
        IsRequired = true,
        Pattern = "^[0-9a-f]{16}$",
        PatternFault = "is required: 16 hexadecimal digits, as the history names them.",
    };

    /// <summary>The fields, in the order in which they are documented.</summary>
    public static IReadOnlyList<RequestField> Fields { get; } = [FingerprintField];

    /// <summary>Reads untrusted bytes, naming every fault; null where there is one.</summary>
    public static (SelectionRequest? Request, IReadOnlyList<FieldError> Errors) Read(ReadOnlyMemory<byte> json)
    {
        var text = "";
        var errors = RequestDocument.Read(json, Fields, reader =>
        {
            text = reader.Text(FingerprintField) ?? "";
            if (reader.IsObject && !reader.Has(FingerprintField)) reader.Fault(FingerprintField.Name, FingerprintField.PatternFault!);
        });
        return (errors.Count == 0 ? new SelectionRequest(text) : null, errors);
    }
}

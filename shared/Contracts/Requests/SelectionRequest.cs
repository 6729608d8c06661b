namespace HsNas.Contracts.Requests;

/// <summary>Which predictor of a task's history a user wants in force.</summary>
/// <param name="Fingerprint">16 hexadecimal digits.</param>
public sealed record SelectionRequest(string Fingerprint)
{
    private const int Digits = 16;

    /// <summary>Reads untrusted bytes, naming every fault; null where there is one.</summary>
    public static (SelectionRequest? Request, IReadOnlyList<FieldError> Errors) Read(ReadOnlyMemory<byte> json)
    {
        SelectionRequest? request = null;
        var errors = RequestDocument.Read(json, reader =>
        {
            // Anything else than digits could leave the task's folder.
            var text = reader.Text("fingerprint", null);
            if (text is { Length: Digits } && text.All(char.IsAsciiHexDigitLower)) request = new SelectionRequest(text);
            else if (reader.IsObject && (text is not null || !reader.Has("fingerprint"))) reader.Fault("fingerprint", $"is required: {Digits} hexadecimal digits, as the history names them.");
        });
        return errors.Count == 0 ? (request, errors) : (null, errors);
    }
}

using System.Text.Json;
using HsNas.Local.InContextModel.Faults;

namespace HsNas.Local.InContextModel.Chat;

/// <summary>What a request is answered with, before it goes out.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">A <see cref="ChatCompletion"/> or a <see cref="ChatError"/>.</param>
/// <param name="Fault">The fault that was put in on purpose.</param>
/// <param name="PromptHash">Hash of the prompt, as the client's ledger has it; empty where there was none.</param>
internal sealed record ChatReply(int Status, object Body, FaultKind Fault = FaultKind.None, string PromptHash = "")
{
    /// <summary>Names as the official endpoint writes them.</summary>
    public static readonly JsonSerializerOptions Form =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The completion; null for an error.</summary>
    public ChatCompletion? Completion => Body as ChatCompletion;

    /// <summary>An error of the official form.</summary>
    public static ChatReply Error(int status, string message, string? parameter, string? code, string type = "invalid_request_error") =>
        new(status, new ChatError(new ChatErrorBody(message, type, parameter, code)));

    /// <summary>As an answer of the server.</summary>
    public IResult ToResult() => Results.Json(Body, Form, statusCode: Status);
}

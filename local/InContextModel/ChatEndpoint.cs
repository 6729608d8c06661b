using System.Globalization;
using System.Text.Json;
using HsNas.Shared.Prompting;
using HsNas.Shared.Validation;

namespace HsNas.Local.InContextModel;

/// <summary>
/// The chat completions endpoint. It is no language model and never claims to be one: it reads the demonstrations out of
/// the prompt, fits the leave-one-out in-context regression (hsnas-facts J) and answers with its prediction.
/// </summary>
internal static class ChatEndpoint
{
    /// <summary>The only model here.</summary>
    public const string ModelName = "in-context-regression";

    private const int CharactersPerToken = 4;

    private static readonly JsonSerializerOptions RequestForm = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>GET /v1/models</summary>
    public static IResult ListModels(TimeProvider time) =>
        Results.Json(new ModelList("list", [new ModelEntry(ModelName, "model", time.GetUtcNow().ToUnixTimeSeconds(), "local")]));

    /// <summary>POST /v1/chat/completions</summary>
    public static async Task<IResult> CompleteAsync(HttpRequest http, RegressionCache regressions, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync<ChatRequest>(http.Body, RequestForm, cancellationToken);
            return request is null ? NotJson("it is null.") : Complete(request, regressions, time);
        }
        catch (InvalidTextException)
        {
            return NotJson("it holds text that is not valid Unicode.");
        }
        catch (JsonException e)
        {
            return NotJson(e.Message);
        }
    }

    /// <summary>The answer to a request for anything that is not here.</summary>
    public static IResult UnknownUrl(string method, string path) =>
        Error(404, $"Unknown request URL: {method} {path}. Here are GET /v1/models and POST /v1/chat/completions.", null, "unknown_url");

    /// <summary>An error of the official form.</summary>
    public static IResult Error(int status, string message, string? parameter, string? code) =>
        Results.Json(new ChatError(new ChatErrorBody(message, "invalid_request_error", parameter, code)), statusCode: status);

    private static IResult Complete(ChatRequest request, RegressionCache regressions, TimeProvider time)
    {
        if (request.Model != ModelName) return Error(404, $"The model '{request.Model}' does not exist; this endpoint serves {ModelName}.", "model", "model_not_found");
        if (request.Stream == true) return Error(400, "Streaming is not supported here.", "stream", "unsupported_value");
        if (request.N is not (null or 1)) return Error(400, "Only n = 1 is supported here.", "n", "unsupported_value");
        if (request.Messages is not { Count: > 0 } messages) return Error(400, "messages must not be empty.", "messages", "invalid_value");
        if (messages.Contains(null)) return Error(400, "messages must not hold null.", "messages", "invalid_value");
        var prompt = string.Concat(messages.Select(m => m!.Text()));
        try
        {
            var answer = Predict(prompt, regressions).ToString("F2", CultureInfo.InvariantCulture);
            var usage = new ChatUsage(Tokens(prompt), Tokens(answer), Tokens(prompt) + Tokens(answer));
            var choice = new ChatChoice(0, new ChatAnswer("assistant", answer, null), "stop");
            return Results.Json(new ChatCompletion(
                $"chatcmpl-{Guid.NewGuid():N}", "chat.completion", time.GetUtcNow().ToUnixTimeSeconds(), ModelName, [choice], usage, "in-context-regression-1"));
        }
        catch (InvalidInputException e)
        {
            return Error(400, $"The prompt holds no usable demonstrations: {e.Message}", "messages", "invalid_value");
        }
    }

    private static double Predict(string prompt, RegressionCache regressions)
    {
        var contents = PromptReader.Read(prompt);
        if (contents.Tests.Count != 1) throw new DataFormatException("prompt", "test architectures", $"{contents.Tests.Count}", "exactly one");
        var regression = regressions.Get(contents.Demonstrations);
        var gflops = contents.Tests[0].GFlops ?? throw new DataFormatException("prompt", "GFLOPS of the test architecture", "absent", "a number");
        return regression.Predict(contents.Tests[0].Architecture, gflops);
    }

    private static int Tokens(string text) => (text.Length + CharactersPerToken - 1) / CharactersPerToken;

    private static IResult NotJson(string reason) => Error(400, $"The body could not be read as a JSON request: {reason}", null, null);
}

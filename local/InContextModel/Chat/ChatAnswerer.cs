using System.Globalization;
using System.Text.Json;
using HsNas.Evaluation.InContext;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Local.InContextModel.Faults;
using HsNas.Predictors.Prompting;

namespace HsNas.Local.InContextModel.Chat;

/// <summary>
/// Answers requests. It is no language model and never claims to be one. It reads the demonstrations out of the prompt, fits
/// the in-context regression that the model's name stands for (docs/method.md, "Evaluating predictors"), and answers with its
/// predictions in the form that the request asks for.
/// </summary>
internal sealed class ChatAnswerer(RegressionCache regressions, PromptCache cache, FaultInjector faults, TimeProvider time)
{
    /// <summary>The answer; an error of the official form where the request is at fault.</summary>
    public ChatReply Answer(ChatRequest request)
    {
        if (request.Model is not { } model || !StandInModels.Names.Contains(model, StringComparer.Ordinal))
            return ChatReply.Error(
                404, $"The model '{request.Model}' does not exist; this endpoint serves {string.Join(" and ", StandInModels.Names)}.",
                "model", "model_not_found");
        if (request.Stream == true) return ChatReply.Error(400, "Streaming is not supported here.", "stream", "unsupported_value");
        if (request.N is not (null or 1)) return ChatReply.Error(400, "Only n = 1 is supported here.", "n", "unsupported_value");
        if (request.TokenLimit is < 1)
            return ChatReply.Error(400, "The token limit must be at least 1.", "max_completion_tokens", "invalid_value");
        if (request.WantsSchema && request.ResponseFormat!.JsonSchema?.Name != AnswerSchema.Name)
            return ChatReply.Error(400, $"The only schema here is {AnswerSchema.Name}.", "response_format", "unsupported_value");
        if (request.Messages is not { Count: > 0 } messages)
            return ChatReply.Error(400, "messages must not be empty.", "messages", "invalid_value");
        if (messages.Contains(null)) return ChatReply.Error(400, "messages must not hold null.", "messages", "invalid_value");
        var prompt = string.Concat(messages.Select(m => m!.Text()));
        try
        {
            return Answer(request, model, prompt, Predict(model, prompt));
        }
        catch (InvalidInputException e)
        {
            return ChatReply.Error(400, $"The prompt holds no usable demonstrations: {e.Message}", "messages", "invalid_value");
        }
    }

    private ChatReply Answer(ChatRequest request, string model, string prompt, List<double> predictions)
    {
        var hash = Hashing.Fingerprint(prompt);
        var (fault, random) = faults.Next(hash);
        if (fault == FaultKind.RateLimit)
            return ChatReply.Error(429, "Too many requests (put in on purpose).", null, "rate_limit_exceeded", "requests") with
            {
                Fault = fault, PromptHash = hash,
            };
        if (fault == FaultKind.ServerError)
            return ChatReply.Error(500, "The server had an error (put in on purpose).", null, null, "server_error") with
            {
                Fault = fault, PromptHash = hash,
            };
        var right = Write(predictions, request.WantsSchema);
        var answer = fault switch
        {
            FaultKind.Refusal => FaultyContent.Refusal(request.WantsSchema),
            FaultKind.Garbage => FaultyContent.Garbage(request.WantsSchema, random),
            FaultKind.Truncated => FaultyContent.Truncated(request.WantsSchema),
            _ => new ChatAnswer("assistant", right, null),
        };
        var tokens = PromptCache.Tokens(answer.Content ?? answer.Refusal!);
        var cut = fault == FaultKind.Truncated;
        if (request.TokenLimit is { } limit && (tokens > limit || cut))
            (answer, tokens, cut) = (answer with { Content = answer.Content?[..Math.Min(answer.Content.Length, limit * 4)] }, limit, true);
        var usage = new ChatUsage(PromptCache.Tokens(prompt), tokens, PromptCache.Tokens(prompt) + tokens,
            new PromptTokensDetails(cache.Take(prompt)), new CompletionTokensDetails(0));
        var completion = new ChatCompletion($"chatcmpl-{Guid.NewGuid():N}", "chat.completion", time.GetUtcNow().ToUnixTimeSeconds(), model,
            [new ChatChoice(0, answer, cut ? "length" : "stop")], usage, $"{model}-1");
        return new ChatReply(200, completion, fault, hash);
    }

    private List<double> Predict(string model, string prompt)
    {
        var contents = PromptReader.Read(prompt);
        if (contents.Tests.Count == 0) throw new DataFormatException("prompt", "test architectures", "0", "at least one");
        var regression = regressions.Get(model, contents.Demonstrations);
        return [.. contents.Tests.Select(t => regression.Predict(
            t.Architecture, t.GFlops ?? throw new DataFormatException("prompt", "GFLOPS of the test architecture", "absent", "a number")))];
    }

    private static string Write(List<double> predictions, bool schema)
    {
        if (schema)
        {
            var items = predictions.Select((p, i) => new Dictionary<string, object>(
                StringComparer.Ordinal) { [AnswerSchema.Number] = i + 1, [AnswerSchema.Bleu] = Math.Round(p, 2) });
            return JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal) { [AnswerSchema.Predictions] = items });
        }

        var numbers = predictions.Select(p => p.ToString("F2", CultureInfo.InvariantCulture)).ToList();
        return numbers.Count == 1 ? numbers[0] : string.Join('\n', numbers.Select((n, i) => $"{i + 1}: {n}"));
    }
}

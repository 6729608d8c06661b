using System.ClientModel;
using System.Globalization;
using System.Text.Json;

namespace HsNas.Llm.Asking;

/// <summary>What a failed call says about trying again.</summary>
internal static class CallFailures
{
    private static readonly string[] Final = ["insufficient_quota", "billing_hard_limit_reached"];

    /// <summary>Whether the same call may succeed later.</summary>
    public static bool MayPass(Exception failure) => failure switch
    {
        ClientResultException { Status: 0 or 408 or 409 or >= 500 } => true,
        ClientResultException { Status: 429 } refused => !Final.Contains(Code(refused)),
        HttpRequestException or IOException or JsonException or Polly.Timeout.TimeoutRejectedException => true,
        _ => false,
    };

    /// <summary>What the server asks to wait; null where it does not say. Milliseconds are preferred, being exact.</summary>
    public static TimeSpan? Wait(Exception failure, TimeProvider time)
    {
        if ((failure as ClientResultException)?.GetRawResponse()?.Headers is not { } headers) return null;
        if (headers.TryGetValue("retry-after-ms", out var ms)
            && double.TryParse(ms, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
            return Sane(TimeSpan.FromMilliseconds(exact));
        if (!headers.TryGetValue("Retry-After", out var text)) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return Sane(TimeSpan.FromSeconds(seconds));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Sane(date - time.GetUtcNow()) : null;
    }

    /// <summary>Whether a filter before the model refused the prompt (Azure: 400, content_filter).</summary>
    public static bool IsFiltered(ClientResultException failure) => failure.Status == 400 && Code(failure) == "content_filter";

    private static TimeSpan? Sane(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : wait;

    private static string? Code(ClientResultException failure)
    {
        try
        {
            if (failure.GetRawResponse()?.Content is not { } content) return null;
            using var document = JsonDocument.Parse(content);
            return document.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String ? code.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Triggers.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.DurableHttp;

/// <summary>The responses of the durable HTTP interface, and the reading of its requests.</summary>
internal static class Answers
{
    internal static Task Json(HttpContext http, int status, Action<Utf8JsonWriter> content)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        var body = StatusJson.Write(content);
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }

    internal static Task Status(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    internal static Task Error(HttpContext http, int status, string message) => Json(http, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    internal static Task CheckStatus(HttpContext http, string hub, string instanceId)
    {
        var urls = ManagementUrls.ForHost(http.Request, instanceId,
            DurableClientSource.QueryFor(hub, http.RequestServices.GetRequiredService<FunctionKeys>().DurableCode));
        http.Response.Headers.Location = urls["statusQueryGetUri"];
        http.Response.Headers.RetryAfter = "10";
        return Json(http, StatusCodes.Status202Accepted, json =>
        {
            json.WriteStartObject();
            foreach (var (name, url) in urls)
            {
                json.WriteString(name, url);
            }

            json.WriteEndObject();
        });
    }

    internal static Task Deleted(HttpContext http, int count) => count == 0
        ? Status(http, StatusCodes.Status404NotFound)
        : Json(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("instancesDeleted", count);
            json.WriteEndObject();
        });

    internal static bool Flag(HttpContext http, string name, bool otherwise) =>
        bool.TryParse(http.Request.Query[name], out var value) ? value : otherwise;

    internal static DateTime? Time(HttpContext http, string name) => DateTime.TryParse(
        http.Request.Query[name], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
        out var value)
        ? value
        : null;

    internal static TimeSpan? Seconds(HttpContext http, string name) =>
        double.TryParse(http.Request.Query[name], CultureInfo.InvariantCulture, out var value) ? TimeSpan.FromSeconds(value) : null;

    /// <summary>The body, if it is JSON or empty; a JsonException otherwise.</summary>
    internal static async Task<string?> JsonBody(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        if (string.IsNullOrWhiteSpace(body))
        {
            return null;
        }

        using (JsonDocument.Parse(body))
        {
            return body;
        }
    }
}

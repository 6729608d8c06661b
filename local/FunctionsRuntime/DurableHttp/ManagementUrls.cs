using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.DurableHttp;

/// <summary>The addresses by which one instance is watched and steered.</summary>
internal static class ManagementUrls
{
    internal const string Root = "/runtime/webhooks/durabletask";

    /// <summary>What the worker's helper hands out: an object, no rewind and restart address, doubled braces in the reasons.</summary>
    internal static HttpManagementPayload ForWorker(DurableTaskClient client, HttpRequestData? request, string instanceId)
    {
        var local = client as LocalDurableTaskClient;
        var webhooks = request is null ? local?.BaseUrl : PublicAuthority(request) + Root;
        if (webhooks is null)
        {
            throw new InvalidOperationException(
                "The base address is unknown: take the client from a function's binding or pass the request.");
        }

        var instance = $"{webhooks}/instances/{Uri.EscapeDataString(instanceId)}";
        var query = local?.QueryString;
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = Join(instance, query),
            SendEventPostUri = Join(instance + "/raiseEvent/{eventName}", query),
            TerminatePostUri = Join(instance + "/terminate", "reason={{text}}", query),
            PurgeHistoryDeleteUri = Join(instance, query),
            SuspendPostUri = Join(instance + "/suspend", "reason={{text}}", query),
            ResumePostUri = Join(instance + "/resume", "reason={{text}}", query),
        };
    }

    /// <summary>What the host's own HTTP interface hands out.</summary>
    internal static Dictionary<string, string> ForHost(HttpRequest request, string instanceId, string query)
    {
        var instance = $"{request.Scheme}://{request.Host}{Root}/instances/{Uri.EscapeDataString(instanceId)}";
        return new Dictionary<string, string>
        {
            ["id"] = instanceId,
            ["statusQueryGetUri"] = Join(instance, query),
            ["sendEventPostUri"] = Join(instance + "/raiseEvent/{eventName}", query),
            ["terminatePostUri"] = Join(instance + "/terminate", "reason={text}", query),
            ["purgeHistoryDeleteUri"] = Join(instance, query),
            ["restartPostUri"] = Join(instance + "/restart", query),
            ["suspendPostUri"] = Join(instance + "/suspend", "reason={text}", query),
            ["resumePostUri"] = Join(instance + "/resume", "reason={text}", query),
        };
    }

    private static string PublicAuthority(HttpRequestData request)
    {
        var scheme = request.Url.Scheme;
        var host = request.Url.Authority;
        if (First(request, "Forwarded") is { } forwarded)
        {
            foreach (var pair in forwarded.Split(',')[0].Split(';', StringSplitOptions.TrimEntries))
            {
                var equals = pair.IndexOf('=', StringComparison.Ordinal);
                var value = equals < 0 ? "" : pair[(equals + 1)..].Trim('"');
                var name = equals < 0 ? "" : pair[..equals];
                scheme = name.Equals("proto", StringComparison.OrdinalIgnoreCase) ? value : scheme;
                host = name.Equals("host", StringComparison.OrdinalIgnoreCase) ? value : host;
            }
        }
        else
        {
            scheme = First(request, "X-Forwarded-Proto")?.Split(',')[0].Trim() ?? scheme;
            host = First(request, "X-Forwarded-Host")?.Split(',')[0].Trim() ?? host;
        }

        return $"{scheme}://{host}";
    }

    private static string? First(HttpRequestData request, string header) =>
        request.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;

    private static string Join(string url, params string?[] queries)
    {
        var present = string.Join('&', queries.Where(query => !string.IsNullOrEmpty(query)));
        return present.Length == 0 ? url : $"{url}?{present}";
    }
}

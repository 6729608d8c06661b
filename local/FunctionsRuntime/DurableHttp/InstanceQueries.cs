using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.DurableHttp;

/// <summary>Looking at instances over HTTP, one or many, and removing many.</summary>
internal sealed class InstanceQueries(OrchestrationEngine engine)
{
    private const string ContinuationHeader = "x-ms-continuation-token";
    private const int DefaultPage = 100;

    internal Task GetAsync(HttpContext http) => engine.Find(DurableHttpApi.Text(http, "instanceId")) is { } instance
        ? WriteAsync(http, instance)
        : Answers.Status(http, StatusCodes.Status404NotFound);

    internal Task WriteAsync(HttpContext http, InstanceRecord instance)
    {
        var history = Answers.Flag(http, "showHistory", otherwise: false)
            ? engine.Database.Read(database => database.LoadHistory(instance.Id))
            : null;
        var status = StatusCodes.Status200OK;
        if (!instance.IsTerminal)
        {
            status = StatusCodes.Status202Accepted;
            var request = http.Request;
            http.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}";
            http.Response.Headers.RetryAfter = "5";
        }
        else if (instance.Status == OrchestrationRuntimeStatus.Failed
            && Answers.Flag(http, "returnInternalServerErrorOnFailure", otherwise: false))
        {
            status = StatusCodes.Status500InternalServerError;
        }

        var showInput = Answers.Flag(http, "showInput", otherwise: true);
        var showOutputs = Answers.Flag(http, "showHistoryOutput", otherwise: false);
        return Answers.Json(http, status, json => StatusJson.WriteInstance(json, instance, showInput, history, showOutputs));
    }

    internal Task ListAsync(HttpContext http)
    {
        var limit = int.TryParse(http.Request.Query["top"], out var top) && top > 0 ? top : DefaultPage;
        string? token = http.Request.Headers[ContinuationHeader];
        var rows = engine.List(Filter(http) with { Limit = limit, After = string.IsNullOrEmpty(token) ? null : Decode(token) });
        if (rows.Count == limit)
        {
            http.Response.Headers[ContinuationHeader] = Convert.ToBase64String(Encoding.UTF8.GetBytes(rows[^1].Id));
        }

        var showInput = Answers.Flag(http, "showInput", otherwise: true);
        return Answers.Json(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            rows.ForEach(instance => StatusJson.WriteInstance(json, instance, showInput));
            json.WriteEndArray();
        });
    }

    internal Task PurgeAsync(HttpContext http)
    {
        var filter = Filter(http);
        if (filter.CreatedFrom is null)
        {
            throw new ArgumentException("Please provide value for 'createdTimeFrom' parameter.");
        }

        var found = engine.List(filter with { CreatedTo = filter.CreatedTo ?? engine.Now });
        return Answers.Deleted(http, engine.Purge(found.Select(instance => instance.Id)));
    }

    private static InstanceFilter Filter(HttpContext http) => new()
    {
        CreatedFrom = Answers.Time(http, "createdTimeFrom"),
        CreatedTo = Answers.Time(http, "createdTimeTo"),
        Prefix = http.Request.Query["instanceIdPrefix"],
        Statuses = Statuses(http.Request.Query["runtimeStatus"]),
    };

    private static List<OrchestrationRuntimeStatus>? Statuses(string? list) => string.IsNullOrWhiteSpace(list)
        ? null
        : list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Enum.Parse<OrchestrationRuntimeStatus>(name, ignoreCase: true))
            .ToList();

    private static string Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException wrong)
        {
            throw new ArgumentException("The continuation token is not valid.", wrong);
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Tests.Routes;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Tests.Schemas;

/// <summary>
/// Keeps one file of each form that an app has written or answers with. A sample that is there already stays: it is what an older
/// version wrote.
/// </summary>
internal sealed class SampleKeeper(FunctionApp app)
{
    // Where blobs of each form lie; of several the first by name is kept.
    private static readonly (string Name, string Pattern)[] Blobs =
    [
        ("search-request", "^searches/.*/request.json$"), ("search-plan", "^searches/.*/plan.json$"),
        ("stored-context", "^searches/.*/context.json$"), ("evolution-state", "^searches/.*/hs-nas/generation-00002.json$"),
        ("loss-file", "^searches/.*/losses.json$"), ("finalist-list", "^searches/.*/finalists.json$"),
        ("search-result", "^searches/.*/result.json$"), ("sweep-definition", "^sweeps/.*/sweep.json$"),
        ("sweep-entry", "^sweeps/.*/log/00000.json$"), ("sweep-outcome", "^sweeps/.*/outcomes/"),
        ("dataset-manifest", "^datasets/.*/current.json$"), ("label-set", "^predictors/.*/labels.json$"),
        ("distilled-predictor-record", "^predictors/[^/]*/champion.json$"), ("promotion-decision", "^predictors/.*/decisions/"),
        ("batch-ticket", "^predictors/.*/batch-000.json$"), ("latest-redistillation", "^predictors/.*/redistillation.json$"),
        ("ledger-entry", "^ledger/"),
    ];

    /// <summary>Keeps what the app answers about these, and all that it has stored and sent.</summary>
    /// <param name="task">A task with a distilled predictor.</param>
    /// <param name="search">A finished search.</param>
    /// <param name="front">One with objectives.</param>
    /// <param name="sweep">A finished sweep.</param>
    public async Task KeepAsync(string task, string search, string front, string sweep)
    {
        await KeepAnswerAsync("search-status", $"/api/searches/{search}");
        await KeepAnswerAsync("search-result", $"/api/searches/{search}/result");
        await KeepAnswerAsync("search-list", "/api/searches");
        await KeepAnswerAsync("front-answer", $"/api/searches/{front}/front?parametersMillions=9");
        await KeepAnswerAsync("sweep-status", $"/api/sweeps/{sweep}");
        await KeepAnswerAsync("sweep-table", $"/api/sweeps/{sweep}/table?format=json");
        await KeepAnswerAsync("sweep-list", "/api/sweeps");
        await KeepAnswerAsync("predictor-status", $"/api/predictors/{task}");
        await KeepAnswerAsync("shared-link", $"/api/searches/{search}/link", HttpMethod.Post);
        await KeepAnswerAsync("started", $"/api/predictors/{task}/redistil", HttpMethod.Post);
        await KeepStoredAsync();
    }

    private async Task KeepStoredAsync()
    {
        var all = new List<BlobPath>();
        foreach (var container in BlobLayout.Containers)
            await foreach (var name in app.Store.ListAsync(container, "")) all.Add(new BlobPath(container, name));
        foreach (var (name, pattern) in Blobs)
        {
            var found = all.Where(b => Regex.IsMatch($"{b}", pattern)).MinBy(b => $"{b}", StringComparer.Ordinal);
            Assert.True(found != default, $"no blob like {pattern}");
            Keep($"blobs/{name}", await ReadAsync(found));
            if (name == "promotion-decision") Keep($"answers/{name}", await ReadAsync(found));
        }

        foreach (var output in all.Where(b => b.Container == BlobLayout.Jobs && b.Name.EndsWith("output.json", StringComparison.Ordinal)))
            await KeepJobAsync(output);
        foreach (var (name, value) in MadeUpSamples.All) Keep(name, JsonSerializer.Serialize(value, value.GetType(), Kernel.Json.Options));
        foreach (var (name, route) in MadeUpSamples.Requests) Keep(name, HttpSample.All.First(s => s.Route == route).Body);
    }

    private async Task KeepAnswerAsync(string name, string path, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(path, UriKind.Relative));
        using var answer = await app.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        Keep($"answers/{name}", await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> ReadAsync(BlobPath blob) => Encoding.UTF8.GetString(await app.Store.ReadAsync(blob));

    private async Task KeepJobAsync(BlobPath output)
    {
        var result = JsonNode.Parse(await ReadAsync(output))!;
        var (job, kind) = (output.Name.Split('/')[0], (string)result["kind"]!);
        Keep("messages/job-result", result.ToJsonString());
        Keep("messages/worker-job", JsonSerializer.Serialize(WorkerJob.Of(job, kind, new string('0', 32)), Kernel.Json.Options));
        Keep($"messages/{kind}-input", await ReadAsync(BlobLayout.JobInput(job)));
        Keep($"messages/{kind}-result", result["value"]!.ToJsonString());
    }

    private static void Keep(string name, string json)
    {
        var path = SchemaFiles.Sample(name);
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonNode.Parse(json)!.ToJsonString(Kernel.Json.Indented) + "\n");
    }
}

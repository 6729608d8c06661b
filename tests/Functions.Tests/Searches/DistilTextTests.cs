using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using HsNas.Client;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Functions.Tests.Searches;

/// <summary>Whole searches, over the local runtime and real storage, whose winner learns from a teacher's translations.</summary>
public sealed class DistilTextTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Tiny = "tiny-en-de";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<(string Kind, JsonElement Input)> _asked = new();

    [Fact]
    public async Task The_teacher_is_trained_then_translates_every_part_then_the_winner_learns()
    {
        await using var app = await StartAsync();
        await using var worker = new ScoringWorker(app, others: DoAsync);
        using var user = new SearchClient(app.Http);

        var first = await RunAsync(user, """, "distilText": { "teacher": "largest", "steps": 77 }""");

        var kinds = _asked.Select(a => a.Kind).ToList();
        Assert.Equal(
            [JobKinds.TrainFromScratch, .. Enumerable.Repeat(JobKinds.TranslateText, 3), JobKinds.TrainFromScratch], kinds);
        var inputs = _asked.Select(a => a.Input).ToList();
        var (teacher, winner) = (Read<TrainFromScratchInput>(inputs[0]), Read<TrainFromScratchInput>(inputs[4]));
        var id = WorkerJob.IdOf(JobKinds.TrainFromScratch, teacher);
        Assert.Equal((new GeneCodec(TaskCatalog.Get(Tiny).Space).Largest, 77), (teacher.Architecture, teacher.Steps));
        Assert.Null(teacher.DistilText);
        Assert.Equal(
            Enumerable.Range(0, 3).Select(shard => new TranslateTextInput(Tiny, "hash", id, shard, 3)),
            inputs[1..4].Select(Read<TranslateTextInput>).OrderBy(t => t.Shard));
        Assert.Equal(new DistilledText(id, 3), winner.DistilText);

        // The first search's winner teaches the second one: nothing is trained but the winner.
        _asked.Clear();
        await RunAsync(user, $$""", "distilText": { "teacher": "{{first}}" }""");

        Assert.Equal([.. Enumerable.Repeat(JobKinds.TranslateText, 3), JobKinds.TrainFromScratch], _asked.Select(a => a.Kind));
        var second = Read<TrainFromScratchInput>(_asked.Last().Input);
        Assert.Equal(new DistilledText(WorkerJob.IdOf(JobKinds.TrainFromScratch, winner), 3), second.DistilText);
    }

    [Fact]
    public async Task An_unknown_teacher_is_refused_by_name_and_nothing_starts()
    {
        await using var app = await StartAsync();
        using var content = new StringContent(Request(""", "distilText": { "teacher": "nobody" }"""), Encoding.UTF8, "application/json");

        using var answer = await app.Http.PostAsync(new Uri("/api/searches", UriKind.Relative), content);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("distilText.teacher", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await foreach (var blob in app.Store.ListAsync(BlobLayout.Searches, "")) Assert.Fail($"There is {blob}.");
    }

    private async Task<FunctionApp> StartAsync()
    {
        var app = await FunctionApp.StartAsync(azurite.ConnectionString, ("Pipeline:LatencyArchitectures", "30"));
        await foreach (var blob in app.Store.ListAsync(BlobLayout.Searches, ""))
            await app.Store.DeleteAsync(new BlobPath(BlobLayout.Searches, blob));
        await app.Store.WriteJsonAsync(
            BlobLayout.CurrentDataset(Tiny), new DatasetManifest(Tiny, "hash", "made up", 100, 12_000, 1, 1));
        await app.Store.WriteTextAsync(BlobLayout.SourceText(Tiny, "hash", CorpusPart.Valid), "Ein Haus .\n");
        await app.Store.WriteTextAsync(BlobLayout.References(Tiny, "hash", CorpusPart.Valid), "A house .\n");
        return app;
    }

    private static string Request(string text) => $$"""
        { "task": "tiny-en-de", "window": { "start": -1, "end": -1 },
          "evolution": { "iterations": 2, "population": 12, "parents": 4, "mutations": 4, "crossovers": 4 }{{text}} }
        """;

    private static async Task<string> RunAsync(SearchClient user, string text)
    {
        var id = (await user.SubmitAsync(Encoding.UTF8.GetBytes(Request(text)), null, default)).Id;
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            var status = await user.StatusAsync(id, late.Token);
            if (status!.Status == "Failed") Assert.Fail(status.Error);
            if (status.Status == "Completed")
            {
                Assert.Equal(StageState.Done, status.Stages.Single(s => s.Name == SearchStages.Text).State);
                return id;
            }

            await Task.Delay(50, late.Token);
        }
    }

    private async Task<JsonElement> DoAsync(IArtifactStore store, WorkerJob job)
    {
        _asked.Enqueue((job.Kind, await store.ReadJsonAsync<JsonElement>(BlobLayout.JobInput(job.JobId))));
        return job.Kind == JobKinds.TranslateText
            ? JsonSerializer.SerializeToElement(new TranslateTextResult("datasets/text", 4000, 0, 1), Kernel.Json.Options)
            : JsonSerializer.SerializeToElement(
                new TrainFromScratchResult(3, 20, 21, 1, 1000, "checkpoints/winner", Export: $"checkpoints/export-{job.JobId}/config.json"),
                Kernel.Json.Options);
    }

    private static T Read<T>(JsonElement input) => input.Deserialize<T>(Kernel.Json.Options)!;
}

using HsNas.Contracts;
using HsNas.Contracts.Stored;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;

namespace HsNas.Functions.Tests.Llm;

public sealed class LedgerFileTests : IDisposable
{
    private readonly LabellerUnderTest _here = new();
    private readonly TemporaryStore _there = new();

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task An_exported_ledger_replays_elsewhere_without_the_model()
    {
        string[] answers = ["no", "26.5", "27.5"];
        await using var model = await RecordingModel.StartAsync(n => RecordingModel.Completion(answers[n - 1]));
        var options = LabellerUnderTest.Options with { Endpoint = model.Endpoint };
        await _here.AskAsync(options);
        using var file = new StringWriter();
        Assert.Equal(2, await LedgerFile.ExportAsync(_here.Blobs.Store, file));

        Assert.Equal(new LedgerImport(2, 0, 0), await LedgerFile.ImportAsync(_there.Store, new StringReader(file.ToString()), "file"));
        Assert.Equal(new LedgerImport(0, 2, 0), await LedgerFile.ImportAsync(_there.Store, new StringReader(file.ToString()), "file"));
        using var again = new StringWriter();
        await LedgerFile.ExportAsync(_there.Store, again);
        Assert.Equal(file.ToString(), again.ToString());
    }

    [Fact]
    public async Task What_the_store_answered_otherwise_stays_and_is_counted()
    {
        var entry = new LedgerEntry { PromptHash = "p", Model = "m", ModelVersion = "1", Sample = 0, Answer = "25",
            Values = [new ParsedAnswer(25, null)], Usage = default, At = default };
        await LedgerFile.ImportAsync(_there.Store, Lines(entry), "file");

        Assert.Equal(new LedgerImport(0, 0, 1), await LedgerFile.ImportAsync(_there.Store, Lines(entry with { Answer = "26" }), "file"));
        Assert.Equal("25", (await _there.Store.ReadJsonAsync<LedgerEntry>(BlobLayout.LedgerEntry(entry.Key))).Answer);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"model":"m"}""")]
    [InlineData(
        """{"promptHash":"p","model":"m","modelVersion":"1","sample":0,"answer":"x","values":[{"value":"""
        + """250}],"usage":{},"at":"2026-01-01T00:00:00Z"}""")]
    public async Task A_bad_line_is_named_and_nothing_is_imported(string line)
    {
        var entry = new LedgerEntry { PromptHash = "p", Model = "m", ModelVersion = "1", Sample = 0, Answer = "25",
            Values = [new ParsedAnswer(25, null)], Usage = default, At = default };
        var text = await Lines(entry).ReadToEndAsync() + line;

        var fault = await Assert.ThrowsAsync<DataFormatException>(
            () => LedgerFile.ImportAsync(_there.Store, new StringReader(text), "ledger.jsonl"));

        Assert.StartsWith("ledger.jsonl:2", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _there.CountAsync(BlobLayout.Ledger));
    }

    private static StringReader Lines(LedgerEntry entry) => new(System.Text.Json.JsonSerializer.Serialize(entry, Json.Options) + "\n");
}

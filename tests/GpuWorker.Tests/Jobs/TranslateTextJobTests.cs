using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Models;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>Jobs that translate a training text with a trained model, and trainings on what they wrote.</summary>
public sealed class TranslateTextJobTests : IDisposable
{
    private readonly ToyJobs _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task Parts_together_hold_the_whole_text_with_the_teachers_translations()
    {
        var teacher = await TeacherAsync();
        var parts = new List<EncodedCorpus>();
        for (var shard = 0; shard < 3; shard++)
        {
            var result = await TranslateAsync(teacher, shard, 3);
            parts.Add(EncodedCorpus.FromBytes(await _jobs.Store.ReadAsync(BlobPath.Parse(result.Text))));
            Assert.Equal((20, 20), (result.Pairs, parts[^1].Count));
        }

        var (text, joined) = (ToyTask.Data().Train, EncodedCorpus.Join(parts));
        using var model = await LoadAsync(teacher);
        var search = new BeamSearch(model.Model, model.Config.Architecture, new BeamOptions(), torch.CPU);
        Assert.Equal(text.Sources, joined.Sources);
        for (var i = 0; i < text.Count; i++)
        {
            var own = search.Translate([text.Sources[i]])[0];
            Assert.Equal(own.Length > 0 ? own : text.Targets[i], joined.Targets[i]);
        }

        Assert.Contains(Enumerable.Range(0, text.Count), i => !joined.Targets[i].SequenceEqual(text.Targets[i]));
    }

    [Fact]
    public async Task Translation_that_was_stopped_after_any_batch_ends_with_the_same_bytes()
    {
        using var model = await LoadAsync(await TeacherAsync());
        var search = new BeamSearch(model.Model, model.Config.Architecture, new BeamOptions(), torch.CPU);
        var text = ToyTask.Corpus(400, 5);
        var whole = Translation();
        var stops = new List<byte[]>();
        while (!whole.Finished)
        {
            whole.Advance(search);
            stops.Add(whole.Save());
        }

        Assert.True(stops.Count > 2);
        foreach (var stop in stops)
        {
            var resumed = Translation();
            Assert.True(resumed.TryRestore(stop));
            while (!resumed.Finished) resumed.Advance(search);
            Assert.Equal(whole.Text.ToBytes(), resumed.Text.ToBytes());
            Assert.Equal(whole.Empty, resumed.Empty);
        }

        TextTranslation Translation() => new(text, Enumerable.Range(0, text.Count));
    }

    [Fact]
    public void State_of_another_text_is_not_taken()
    {
        var text = ToyTask.Corpus(300, 5);
        var state = new EncodedCorpus([.. Enumerable.Range(0, 128).Select(r => new[] { r })], [.. text.Targets.Take(128)]);

        Assert.False(new TextTranslation(text, Enumerable.Range(0, 300)).TryRestore(state.ToBytes()));
    }

    [Fact]
    public void Rows_that_are_not_asked_for_keep_their_references()
    {
        var text = ToyTask.Corpus(5, 5);
        var none = new TextTranslation(text, []);

        Assert.True(none.Finished);
        Assert.Equal(text.ToBytes(), none.Text.ToBytes());
    }

    [Fact]
    public async Task Student_learns_from_the_translations_and_its_model_says_so()
    {
        var teacher = await TeacherAsync();
        await TranslateAsync(teacher, 0, 1);

        var plain = await TrainAsync(null);
        var student = await TrainAsync(new DistilledText(teacher, 1));

        Assert.NotEqual(plain.ValidLossBits, student.ValidLossBits);
        Assert.Null(await TextTeacherAsync(plain));
        Assert.Equal(teacher, await TextTeacherAsync(student));
    }

    [Fact]
    public async Task Training_fails_by_name_where_a_part_is_not_translated()
    {
        var input = Input(8) with { DistilText = new DistilledText("nobody", 2) };

        var result = await _jobs.RunRawAsync(JobKinds.TrainFromScratch, JsonSerializer.Serialize(input, Json.Options));

        Assert.Contains("toyhash/distilled-nobody/0000-of-0002.bin is missing", result.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Teacher_with_other_subwords_is_refused()
    {
        var teacher = await TeacherAsync();
        var other = new BytePairVocabulary(["a", "b"], []);
        await _jobs.Store.WriteJsonAsync(BlobLayout.Export(teacher, ModelFiles.VocabularyFile), other);

        Assert.Contains("its subwords are not those of data set toyhash", await ErrorAsync(teacher, 0, 1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "shards is 0; allowed: 1 to 64")]
    [InlineData(0, 65, "shards is 65; allowed: 1 to 64")]
    [InlineData(3, 3, "shard is 3; allowed: 0 to 2")]
    [InlineData(0, 1, "Teacher nobody has no config.json")]
    public async Task Job_that_makes_no_sense_is_refused_by_name(int shard, int shards, string words) =>
        Assert.Contains(words, await ErrorAsync("nobody", shard, shards), StringComparison.Ordinal);

    private async Task<string> TeacherAsync() =>
        BlobLayout.JobOfExport((await _jobs.RunAsync<TrainFromScratchResult>(JobKinds.TrainFromScratch, Input(400))).Export!);

    private async Task<ExportedModel> LoadAsync(string teacher)
    {
        var files = new Dictionary<string, byte[]>();
        foreach (var file in ModelFiles.Names) files[file] = await _jobs.Store.ReadAsync(BlobLayout.Export(teacher, file));
        return ExportedModel.Load(file => files[file], torch.CPU);
    }

    private Task<TranslateTextResult> TranslateAsync(string teacher, int shard, int shards) =>
        _jobs.RunAsync<TranslateTextResult>(JobKinds.TranslateText, new TranslateTextInput("toy", "toyhash", teacher, shard, shards));

    private async Task<string> ErrorAsync(string teacher, int shard, int shards) => (await _jobs.RunRawAsync(
        JobKinds.TranslateText, JsonSerializer.Serialize(new TranslateTextInput("toy", "toyhash", teacher, shard, shards), Json.Options)))
        .Error!;

    private Task<TrainFromScratchResult> TrainAsync(DistilledText? text) =>
        _jobs.RunAsync<TrainFromScratchResult>(JobKinds.TrainFromScratch, Input(12) with { DistilText = text });

    private async Task<string?> TextTeacherAsync(TrainFromScratchResult result) =>
        (await _jobs.Store.ReadJsonAsync<ExportedConfig>(BlobPath.Parse(result.Export!))).Provenance.TextTeacher;

    private static TrainFromScratchInput Input(int steps) =>
        new("toy", "toyhash", ToyTask.Architectures(1).Single(), steps, 3, 1);
}

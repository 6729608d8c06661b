using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Export;
using HsNas.Models;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>The job that trains a winner from scratch.</summary>
public sealed class WinnerJobTests : IDisposable
{
    private readonly ToyJobs _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task A_winner_predicts_better_than_guessing_when_it_is_trained()
    {
        var trained = await TrainAsync(120);

        Assert.InRange(trained.ValidLossBits, 0.5, UniformGuess.Bits);
        Assert.InRange(trained.TestBleu, 0, 100);
        Assert.InRange(trained.TestBleuCompoundSplit!.Value, 0, 100);
        Assert.Equal(Tokenizer13a.Signature, trained.BleuSignature);
        Assert.True(await _jobs.Store.ExistsAsync(BlobPath.Parse(trained.Checkpoint)));
    }

    [Fact]
    public async Task The_export_command_writes_what_the_job_exported()
    {
        var trained = await TrainAsync(12);
        var job = BlobPath.Parse(trained.Export!).Name.Split('/')[0]["export-".Length..];
        var folder = Path.Combine(_jobs.Folder, "exported");

        Assert.Equal(0, await ExportCommands.ExportAsync([_jobs.Folder, job, folder]));

        foreach (var file in ModelFiles.Names)
            Assert.Equal(
                await _jobs.Store.ReadAsync(BlobLayout.Export(job, file)), await File.ReadAllBytesAsync(Path.Combine(folder, file)));
        using var exported = ExportedModel.Load(folder, torch.CPU);
        Assert.Equal(trained.ValidLossBits, exported.Config.Scores!.ValidLossBits);
    }

    [Fact]
    public async Task The_export_command_fails_when_there_is_no_such_job() =>
        Assert.Equal(1, await ExportCommands.ExportAsync([_jobs.Folder, "nojob", Path.Combine(_jobs.Folder, "exported")]));

    [Fact]
    public async Task The_reported_loss_is_that_of_the_kept_weights()
    {
        var last = await TrainAsync(40);
        var kept = await TrainAsync(40, new CheckpointChoice(10, 2));

        Assert.Null(last.Kept);
        Assert.Equal([10, 20, 30, 40], kept.Kept!.Checks.Select(c => (int)c.Step));
        Assert.Equal(last.ValidLossBits, kept.Kept.Checks[^1].LossBits); // Looking changes no training.
        Assert.Equal(kept.Kept.Checks.Select(c => c.LossBits).Append(kept.Kept.AverageLossBits!.Value).Min(), kept.ValidLossBits);
    }

    [Theory]
    [InlineData(0, 1, null, "keep.every")]
    [InlineData(5, 21, null, "keep.average")]
    [InlineData(5, 1, 0, "keep.patience")]
    public async Task A_choice_of_weights_is_refused_by_name_when_it_makes_no_sense(int every, int average, int? patience, string field)
    {
        var result = await _jobs.RunRawAsync(
            JobKinds.TrainFromScratch, JsonSerializer.Serialize(Input(5, new CheckpointChoice(every, average, patience)), Json.Options));

        Assert.Contains(field, result.Error!, StringComparison.Ordinal);
    }

    [Fact]
    public void Job_of_last_weights_has_the_name_that_it_had_before_there_was_a_choice() =>
        Assert.DoesNotContain("keep", JsonSerializer.Serialize(Input(5, null), Json.Options), StringComparison.Ordinal);

    private Task<TrainFromScratchResult> TrainAsync(int steps, CheckpointChoice? keep = null) =>
        _jobs.RunAsync<TrainFromScratchResult>(JobKinds.TrainFromScratch, Input(steps, keep));

    private static TrainFromScratchInput Input(int steps, CheckpointChoice? keep) =>
        new("toy", "toyhash", ToyTask.Architectures(1).Single(), steps, 3, 1, Keep: keep);
}

using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Export;
using HsNas.Models;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Tests.Support;
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

        foreach (var file in new[] { ModelFiles.ConfigFile, ModelFiles.WeightsFile, ModelFiles.VocabularyFile })
            Assert.Equal(
                await _jobs.Store.ReadAsync(BlobLayout.Export(job, file)), await File.ReadAllBytesAsync(Path.Combine(folder, file)));
        using var exported = ExportedModel.Load(folder, torch.CPU);
        Assert.Equal(trained.ValidLossBits, exported.Config.Scores!.ValidLossBits);
    }

    [Fact]
    public async Task The_export_command_fails_when_there_is_no_such_job() =>
        Assert.Equal(1, await ExportCommands.ExportAsync([_jobs.Folder, "nojob", Path.Combine(_jobs.Folder, "exported")]));

    private Task<TrainFromScratchResult> TrainAsync(int steps)
    {
        var input = new TrainFromScratchInput("toy", "toyhash", ToyTask.Architectures(1).Single(), steps, 3, 1);
        return _jobs.RunAsync<TrainFromScratchResult>(JobKinds.TrainFromScratch, input);
    }
}

using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using HsNas.Models;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Memory;

/// <summary>The number of live tensors does not grow with the work done.</summary>
public sealed class LiveTensorTests
{
    [Fact]
    public void Training_keeps_no_tensor_over_ten_thousand_updates()
    {
        using var trainer = Designs.Trainer(SupernetKinds.Hat, new TrainingPlan(10_000, 10, 1));
        for (var i = 0; i < 200; i++) trainer.Update();   // By then every parameter was touched, and Adam has its moments.
        ForcedCollections.Now();
        var before = Tensor.TotalCount;
        while (!trainer.Finished) trainer.Update();
        ForcedCollections.Now();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Beam_search_keeps_no_tensor_over_a_hundred_batches()
    {
        using var model = Weights.RandomModel(3);
        var search = new BeamSearch(model, ToyTask.Architectures(1).Single(), new BeamOptions(MaxLength: 12), CPU);
        var sources = ToyTask.Corpus(8, 4).Sources;
        search.Translate(sources);
        ForcedCollections.Now();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 100; i++) search.Translate(sources);
        Assert.Equal(before, Tensor.TotalCount);   // Without a collection: nothing waits for its finalizer.
    }
}

using HsNas.Contracts.Supernets;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Training;

public sealed class SupernetKindTests
{
    private const int Steps = 8;

    public static TheoryData<string> Kinds => Designs.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_is_the_same_bit_by_bit_when_it_was_stopped_and_restored(string kind)
    {
        var plan = new TrainingPlan(Steps, 3, 1, Accumulate: 2);
        using var undisturbed = Designs.Trainer(kind, plan);
        Run(undisturbed, Steps);
        foreach (var stopAfter in new[] { 1, 5 })
        {
            using var first = Designs.Trainer(kind, plan);
            Run(first, stopAfter);
            using var second = Designs.Trainer(kind, plan);
            Assert.True(second.TryRestore(first.Save()));
            Run(second, Steps - stopAfter);
            Assert.Equal(ModelFile.Write(undisturbed.Model), ModelFile.Write(second.Model));
            Assert.Equal(undisturbed.Tokens, second.Tokens);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Scoring_gives_the_same_losses_when_candidates_come_together_and_after_the_file(string kind)
    {
        var design = Designs.Of(kind);
        using var model = Weights.RandomModel(41, design);
        var file = ModelFile.Write(model, design);
        Assert.Equal(kind, ModelFile.DesignOf(file, SupernetKinds.BuiltIn).Kind.Id);
        using var loaded = ModelFile.Load(ToyTask.Definition, file, torch.CPU, SupernetKinds.BuiltIn);
        using var validation = new ValidationSet(ToyTask.Corpus(30, 4), null, 40, torch.CPU);
        var encoder = ToyTask.Architectures(1).First();
        var candidates = ToyTask.Architectures(10, 8).Select(d => d with
        {
            EncoderEmbedDim = encoder.EncoderEmbedDim, EncoderFfnDims = encoder.EncoderFfnDims, EncoderHeads = encoder.EncoderHeads,
        }).ToList();
        var together = new CandidateScorer(model, validation, 0.1).Score(candidates);
        var scorer = new CandidateScorer(loaded, validation, 0.1);
        for (var i = 0; i < candidates.Count; i++) Assert.Equal(scorer.Score([candidates[i]])[0], together[i], 5);
    }

    [Fact]
    public void A_sandwich_update_trains_the_mean_of_three_losses()
    {
        // Without dropout the three passes can be repeated one by one, each with its own trainer.
        var task = ToyTask.Definition with { Training = ToyTask.Definition.Training! with { Dropout = 0, AttentionDropout = 0 } };
        var plan = new TrainingPlan(Steps, 1, 1);
        using var sandwich = Designs.Trainer(SupernetKinds.Sandwich, plan, task);
        var mean = sandwich.Update();
        var alone = new SandwichSchedule(task.Space, 1).At(0)
            .Select(a => { using var t = new Trainer(task, ToyTask.Data(), new FixedArchitecture(a), plan, torch.CPU); return t.Update(); })
            .ToList();
        Assert.Equal(alone.Average(), mean, 5);
    }

    [Fact]
    public void A_sandwich_is_a_random_the_largest_and_the_smallest_architecture()
    {
        var schedule = new SandwichSchedule(ToyTask.Definition.Space, 1);
        var three = schedule.At(5);
        Assert.Equal(new SinglePathOneShot(ToyTask.Definition.Space, 1).At(5)[0], three[0]);
        Assert.Equal("e16:24,24,24:4,4,4|d16:24,24,24:4,4,4:4,4,4:1,1,1", three[1].Key);
        Assert.Equal("e12:8,8,8:2,2,2|d12:8:2:2:1", three[2].Key);
        Assert.Equal("e12:8,8,8:2,2,2|d12:8:2:2:-1",
            new SandwichSchedule(ToyTask.Definition.Space with { DecoderArbitrary = [2, -1] }, 1).At(0)[2].Key);
    }

    [Fact]
    public void An_update_equals_the_gradients_of_both_batches_together_when_two_are_accumulated()
    {
        var task = ToyTask.Definition with { Training = ToyTask.Definition.Training! with { Dropout = 0, AttentionDropout = 0 } };
        var architecture = new FixedArchitecture(ToyTask.Architectures(1).First());
        using var both = new Trainer(task, ToyTask.Data(), architecture, new TrainingPlan(Steps, 1, 1, Accumulate: 2), torch.CPU);
        using var one = new Trainer(task, ToyTask.Data(), architecture, new TrainingPlan(1000, 1, 1), torch.CPU);
        // The first update's learning rate is 1e-7: the weights behind both losses are equal to six digits.
        var mean = both.Update();
        var first = one.Update();
        var firstTokens = one.Tokens;
        var second = one.Update();
        Assert.Equal(one.Tokens, both.Tokens);
        Assert.Equal(((first * firstTokens) + (second * (one.Tokens - firstTokens))) / one.Tokens, mean, 4);
    }

    [Fact]
    public void An_input_keeps_its_fingerprint_and_its_JSON_when_the_kind_is_HAT()
    {
        var hat = new TrainSupernetInput("toy", "toyhash", SupernetKinds.Hat, 12, 3, 1);
        Assert.Equal(Hashing.Fingerprint("supernet", "toy", "toyhash", "hat", "12", "3", "1"), hat.Fingerprint(SupernetKinds.BuiltIn));
        Assert.Equal(hat.Fingerprint(SupernetKinds.BuiltIn), (hat with { Experts = 5, Accumulate = 1 }).Fingerprint(SupernetKinds.BuiltIn));
        Assert.Equal("""{"task":"toy","dataset":"toyhash","kind":"hat","steps":12,"warmup":3,"seed":1}""",
            System.Text.Json.JsonSerializer.Serialize(hat, Json.Options));
        var mixture = hat with { Kind = SupernetKinds.MosLayer };
        Assert.Equal(mixture.Fingerprint(SupernetKinds.BuiltIn),
            (mixture with { Experts = SupernetKinds.DefaultExperts }).Fingerprint(SupernetKinds.BuiltIn));
        Assert.NotEqual(mixture.Fingerprint(SupernetKinds.BuiltIn), (mixture with { Experts = 6 }).Fingerprint(SupernetKinds.BuiltIn));
        Assert.NotEqual(mixture.Fingerprint(SupernetKinds.BuiltIn), (mixture with { RouterWidth = 64 }).Fingerprint(SupernetKinds.BuiltIn));
        Assert.Equal(
            SupernetDesign.Hat, ModelFile.DesignOf(ModelFile.Write(Weights.RandomModel(1), SupernetDesign.Hat), SupernetKinds.BuiltIn));
    }

    private static void Run(Trainer trainer, int steps)
    {
        for (var i = 0; i < steps; i++) trainer.Update();
    }
}

using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Reference;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Supernets;

public sealed class MixtureTests
{
    private static readonly int[] Source = [5, 9, 4, 11, BytePairVocabulary.End];
    private static readonly int[] Target = [BytePairVocabulary.End, 8, 4, 10];

    [Theory]
    [InlineData(SupernetKinds.MosLayer)]
    [InlineData(SupernetKinds.MosNeuron)]
    public void A_subtransformer_equals_a_stand_alone_model_of_mixed_weights(string kind)
    {
        using var model = Weights.RandomModel(21, Designs.Of(kind));
        var weights = Weights.Of(model);
        var space = ToyTask.Definition.Space;
        foreach (var architecture in ToyTask.Architectures(200))
        {
            var mixed = ManagedMixture.Mix(architecture, space, weights, Designs.Of(kind).Experts);
            var expected = new ManagedTransformer(architecture, space.QkvDim, space.MaxEmbedDim, mixed).Logits(Source, Target);
            LogitsOf.AssertClose(expected, LogitsOf.Model(model, architecture, [Source], [Target]), 1e-4, architecture.Key);
        }
    }

    [Theory]
    [InlineData(SupernetKinds.MosLayer)]
    [InlineData(SupernetKinds.MosNeuron)]
    public void A_mixture_equals_the_plain_supernet_when_it_has_one_expert(string kind)
    {
        using var plain = Weights.RandomModel(22);
        using var mixture = Weights.RandomModel(23, new SupernetDesign(SupernetKinds.BuiltIn.Of(kind), Experts: 1, RouterWidth: 8));
        var named = Trainer.NamedParameters(plain).ToDictionary(p => p.Name, p => p.Tensor);
        using (no_grad())
            foreach (var (name, tensor) in Trainer.NamedParameters(mixture))
                if (named.TryGetValue(name.Replace("fc1.0.", "fc1.", StringComparison.Ordinal)
                    .Replace("fc2.0.", "fc2.", StringComparison.Ordinal), out var own))
                    tensor.copy_(own);
        foreach (var architecture in ToyTask.Architectures(50))
        {
            var expected = LogitsOf.Model(plain, architecture, [Source], [Target]);
            LogitsOf.AssertClose(expected, LogitsOf.Model(mixture, architecture, [Source], [Target]), 1e-6, architecture.Key);
        }
    }

    [Fact]
    public void Shares_sum_to_one_and_do_not_depend_on_how_many_rows_are_asked()
    {
        manual_seed(24);
        using var scope = NewDisposeScope();
        using var router = new Router(8, experts: 3, maxRows: 24);
        router.eval();
        var features = randn(1, 10);
        var all = Weights.Matrix(router.Forward(features, 24));
        var cut = Weights.Matrix(router.Forward(features, 8));
        for (var r = 0; r < 24; r++)
        {
            Assert.Equal(1, all[r, 0] + all[r, 1] + all[r, 2], 5);
            for (var e = 0; e < 3 && r < 8; e++) Assert.Equal(all[r, e], cut[r, e], 6);
        }

        Assert.True(Math.Abs(all[0, 0] - all[1, 0]) > 1e-4, "rows have shares of their own");
    }

    [Theory]
    [InlineData(SupernetKinds.MosLayer)]
    [InlineData(SupernetKinds.MosNeuron)]
    public void A_step_position_by_position_equals_the_teacher_forced_pass(string kind)
    {
        using var model = Weights.RandomModel(25, Designs.Of(kind));
        foreach (var architecture in ToyTask.Architectures(20))
        {
            using var scope = NewDisposeScope();
            using var inference = no_grad();
            var whole = LogitsOf.Model(model, architecture, [Source], [Target]);
            var encoded = model.Encode(architecture, LogitsOf.Rows([Source]), padded: false);
            var caches = model.StartCache(architecture, encoded);
            for (var position = 0; position < Target.Length; position++)
            {
                var logits = Weights.Matrix(
                    model.Logits(model.Step(architecture, caches, LogitsOf.Rows([[Target[position]]]), position)).view(1, -1));
                for (var v = 0; v < ToyTask.Vocabulary; v++) Assert.Equal(whole[position, v], logits[0, v], tolerance: 1e-5);
            }
        }
    }
}

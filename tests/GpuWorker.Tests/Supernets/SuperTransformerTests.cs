using HsNas.GpuWorker.Tests.Reference;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Supernets;

public sealed class SuperTransformerTests
{
    private static readonly int[] Source = [5, 9, 4, 11, BytePairVocabulary.End];
    private static readonly int[] Target = [BytePairVocabulary.End, 8, 4, 10];

    [Fact]
    public void A_subtransformer_equals_a_stand_alone_model()
    {
        using var model = Weights.RandomModel(1);
        var weights = Weights.Of(model);
        var space = ToyTask.Definition.Space;
        foreach (var architecture in ToyTask.Architectures(200))
        {
            var expected = new ManagedTransformer(architecture, space.QkvDim, space.MaxEmbedDim, weights).Logits(Source, Target);
            var actual = LogitsOf.Model(model, architecture, [Source], [Target]);
            LogitsOf.AssertClose(expected, actual, 1e-4, architecture.Key);
        }
    }

    [Fact]
    public void Padding_never_changes_the_logits_of_real_positions()
    {
        using var model = Weights.RandomModel(2);
        int[] longer = [7, 7, 6, 5, 4, 9, BytePairVocabulary.End];
        foreach (var architecture in ToyTask.Architectures(20))
        {
            var alone = LogitsOf.Model(model, architecture, [Source], [Target]);
            var beside = LogitsOf.Model(model, architecture, [Source, longer], [Target, [.. Target, 6, 7]]);
            LogitsOf.AssertClose(alone, beside, 1e-5, architecture.Key);
        }
    }

    [Fact]
    public void A_step_position_by_position_equals_the_teacher_forced_pass()
    {
        using var model = Weights.RandomModel(3);
        foreach (var architecture in ToyTask.Architectures(20))
        {
            using var scope = NewDisposeScope();
            using var inference = no_grad();
            var whole = LogitsOf.Model(model, architecture, [Source], [Target]);
            var encoded = model.Encode(architecture, LogitsOf.Rows([Source]), padded: false);
            var caches = model.StartCache(architecture, encoded);
            for (var position = 0; position < Target.Length; position++)
            {
                var features = model.Step(architecture, caches, LogitsOf.Rows([[Target[position]]]), position);
                var logits = Weights.Matrix(model.Logits(features).view(1, -1));
                for (var v = 0; v < ToyTask.Vocabulary; v++) Assert.Equal(whole[position, v], logits[0, v], tolerance: 1e-5);
            }
        }
    }

    [Fact]
    public void Parameters_equal_the_closed_form_when_the_architecture_is_the_largest()
    {
        using var model = Weights.RandomModel(4);
        var task = ToyTask.Definition;
        var cost = CostModel.For(task).Evaluate(new GeneCodec(task.Space).Largest);
        Assert.Equal(cost.ModelSize, model.parameters().Sum(p => p.numel()));
    }
}

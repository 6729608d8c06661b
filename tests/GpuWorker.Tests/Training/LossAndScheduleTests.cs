using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Training;

public sealed class LossAndScheduleTests
{
    [Fact]
    public void The_loss_equals_the_formula_written_out()
    {
        using var model = Weights.RandomModel(5);
        var corpus = ToyTask.Corpus(3, 9);
        using var batch = TokenBatch.Create(corpus, [0, 1, 2], CPU);
        var architecture = ToyTask.Architectures(1).First();
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var encoded = model.Encode(architecture, batch.Source, batch.SourcePadded);
        var actual = TrainingLoss.Sum(model, architecture, encoded, batch, 0.1).item<float>();

        var logits = model.Logits(model.Decode(architecture, encoded, batch.TargetInput));
        var logProbabilities = logits.log_softmax(-1).view(-1, ToyTask.Vocabulary).data<float>().ToArray();
        var width = (int)batch.TargetInput.shape[1];
        double expected = 0;
        for (var row = 0; row < 3; row++)
        {
            int[] gold = [.. corpus.Targets[row], HsNas.Translation.BytePairVocabulary.End];
            for (var t = 0; t < gold.Length; t++)
            {
                var offset = ((row * width) + t) * ToyTask.Vocabulary;
                expected -= 0.9 * logProbabilities[offset + gold[t]];
                for (var v = 0; v < ToyTask.Vocabulary; v++) expected -= 0.1 / ToyTask.Vocabulary * logProbabilities[offset + v];
            }
        }

        Assert.Equal(expected, actual, 3);
        Assert.Equal(corpus.Targets.Sum(t => t.Length + 1), batch.Tokens);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(null)]
    public void The_loss_in_blocks_equals_the_loss_of_the_whole_batch(int? rows)
    {
        using var model = Weights.RandomModel(5);
        using var batch = TokenBatch.Create(ToyTask.Corpus(8, 9), [0, 1, 2, 3, 4, 5, 6, 7], CPU);
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        foreach (var architecture in ToyTask.Architectures(5))
        {
            var encoded = model.Encode(architecture, batch.Source, batch.SourcePadded);
            var whole = TrainingLoss.Sum(model, architecture, encoded, batch, 0.1).item<float>();

            var blocks = TrainingLoss.SumInBlocks(model, architecture, encoded, batch, 0.1, rows);

            Assert.Equal(whole / batch.Tokens, blocks / batch.Tokens, 5);
        }
    }

    [Fact]
    public void Scoring_gives_the_same_losses_when_candidates_come_together()
    {
        using var model = Weights.RandomModel(6);
        using var validation = new ValidationSet(ToyTask.Corpus(30, 4), null, 40, CPU);
        var scorer = new CandidateScorer(model, validation, 0.1);
        // Twice as many candidates as encoders, so that encoder work is shared.
        var encoders = ToyTask.Architectures(6).ToList();
        var decoders = ToyTask.Architectures(6, 8).ToList();
        var candidates = encoders.SelectMany(e => decoders.Select(d => e with
        {
            DecoderEmbedDim = d.DecoderEmbedDim, DecoderFfnDims = d.DecoderFfnDims, DecoderSelfHeads = d.DecoderSelfHeads,
            DecoderCrossHeads = d.DecoderCrossHeads, DecoderArbitrary = d.DecoderArbitrary,
        })).ToList();
        var together = scorer.Score(candidates);
        for (var i = 0; i < candidates.Count; i++) Assert.Equal(scorer.Score([candidates[i]])[0], together[i], 5);
        Assert.True(together.Distinct().Count() > 30);
    }

    [Fact]
    public void The_learning_rate_warms_up_linearly_then_falls_as_a_cosine()
    {
        var schedule = new LearningRateSchedule(ToyTask.Definition.Training! with { PeakLearningRate = 1e-3 }, 10, 110);
        Assert.Equal(1e-7, schedule.At(0), 12);
        Assert.Equal((1e-3 + 1e-7) / 2, schedule.At(5), 9);
        Assert.Equal(1e-3, schedule.At(10), 9);
        Assert.Equal((1e-3 + 1e-7) / 2, schedule.At(60), 9);
        Assert.Equal(1e-7, schedule.At(110), 9);
    }

    [Fact]
    public void Batches_keep_the_token_budget_and_hold_every_sentence_once()
    {
        var corpus = ToyTask.Corpus(200, 5);
        var batches = BatchPlan.Create(corpus, Enumerable.Range(0, 200), 30);
        Assert.All(batches, b =>
            Assert.True(b.Length * b.Max(r => Math.Max(corpus.Sources[r].Length, corpus.Targets[r].Length) + 1) <= 30));
        Assert.Equal(Enumerable.Range(0, 200), batches.SelectMany(b => b).Order());
    }

    [Fact]
    public void An_epoch_has_all_batches_in_the_same_order_when_a_training_resumes()
    {
        var batches = BatchPlan.Create(ToyTask.Corpus(200, 5), Enumerable.Range(0, 200), 30);
        var order = new BatchOrder(batches, 1);
        var rows = Enumerable.Range(0, 3 * batches.Count).Select(i => order.At(i)).ToList();
        foreach (var epoch in rows.Chunk(batches.Count)) Assert.Equal(Enumerable.Range(0, 200), epoch.SelectMany(b => b).Order());
        Assert.NotEqual(rows[..batches.Count], rows[batches.Count..(2 * batches.Count)]);
        var late = (2 * batches.Count) + 3;
        Assert.Same(rows[late], new BatchOrder(batches, 1).At(late));
    }
}

using System.Text.Json;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Models;
using HsNas.Onnx;
using OnnxTranslate;
using HsNas.Spaces;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Onnx;

public sealed class SampleTranslatorTests(SampleTranslatorTests.TrainedModel trained) : IClassFixture<SampleTranslatorTests.TrainedModel>
{
    private static readonly Architecture Chosen = ToyTask.Architectures(3).Last();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_sample_finds_the_translations_of_the_workers_beam_search(int beam)
    {
        var model = trained.Model;
        using var folder = Export(model);
        var sources = ToyTask.Corpus(60, 4).Sources;
        using var translator = new Translator(folder.Path, beam);
        var search = new BeamSearch(model, Chosen, new BeamOptions(beam), torch.CPU);
        var expected = sources.Chunk(7).SelectMany(search.Translate).ToList();
        Assert.True(expected.Select(e => string.Join(' ', e)).Distinct().Count() > 30);
        Assert.Equal(expected, [.. sources.Chunk(7).SelectMany(translator.TranslateIds)]);
        Assert.Equal(expected, [.. sources.SelectMany(s => translator.TranslateIds([s]))]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Hypotheses_end_at_the_longest_length_as_the_workers_do(int beam)
    {
        // Half of the sentences are longer.
        var model = trained.Model;
        using var folder = Export(model);
        var settings = GenerationSettings.Of(new BeamOptions(MaxLength: 4));
        File.WriteAllBytes(folder[OnnxFiles.Generation], JsonSerializer.SerializeToUtf8Bytes(settings, Json.Indented));
        var sources = ToyTask.Corpus(20, 5).Sources;
        using var translator = new Translator(folder.Path, beam);
        var expected = new BeamSearch(model, Chosen, new BeamOptions(beam, MaxLength: 4), torch.CPU).Translate(sources);
        Assert.Contains(expected, e => e.Length == 3);
        Assert.Equal(expected, translator.TranslateIds(sources));
    }

    [Fact]
    public void Many_translations_are_the_same_in_8_bits()
    {
        // Of a model so narrow that it is unsure of most; with wrong products none is.
        var sources = ToyTask.Corpus(60, 4).Sources;
        var (floats, bytes) = (Translations(OnnxPrecision.Float32), Translations(OnnxPrecision.Int8));
        Assert.InRange(floats.Zip(bytes).Count(t => t.First.SequenceEqual(t.Second)), 20, 60);

        IReadOnlyList<int[]> Translations(OnnxPrecision precision)
        {
            using var folder = ExportedFolder.Onnx(trained.Model, Chosen, ToyTask.Definition, ToyTask.Data().Vocabulary, precision);
            using var translator = new Translator(folder.Path);
            return translator.TranslateIds(sources);
        }
    }

    [Fact]
    public void Lines_are_translated_in_batches_and_one_that_is_too_long_is_named()
    {
        var model = trained.Model;
        using var folder = Export(model);
        using var translator = new Translator(folder.Path);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var input = "abc\n\n" + string.Concat(Enumerable.Repeat("a ", PositionTable.MaxLength)) + "\nfed\n";
        Assert.Equal(1, Lines.Translate(translator, new StringReader(input), output, errors, 3));
        Assert.StartsWith("line 3: 1024 subwords; at most 511", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal([.. translator.Translate(["abc", "", "", "fed"]), ""], output.ToString().Split('\n'));
    }

    [Fact]
    public void A_folder_is_refused_by_the_name_of_a_file_that_is_missing_or_damaged()
    {
        using var model = Weights.RandomModel(72);
        foreach (var file in new[] { OnnxFiles.Encoder, OnnxFiles.Decoder, OnnxFiles.Generation, ModelFiles.VocabularyFile })
        {
            using var folder = Export(model);
            File.WriteAllText(folder[file], "{ no model");
            Assert.Contains(file, Assert.Throws<InvalidDataException>(() => new Translator(folder.Path)).Message, StringComparison.Ordinal);
            File.Delete(folder[file]);
            Assert.Contains($"{file} is missing", Refusal(folder), StringComparison.Ordinal);
        }

        using var without = Export(model);
        File.Delete(without[OnnxFiles.Weights]);
        Assert.Contains($"{OnnxFiles.Weights} is missing", Refusal(without), StringComparison.Ordinal);

        static string Refusal(ExportedFolder folder) => Assert.Throws<InvalidDataException>(() => new Translator(folder.Path)).Message;
    }

    [Theory]
    [InlineData("Das ist, ein  Test!")]
    [InlineData("  e\u0301te\u0301 \U0001F600\U0001F601 don't 3.14 \uD800x ")]
    [InlineData("abcabc cba")]
    [InlineData("")]
    public void The_samples_subwords_are_those_of_the_vocabulary(string line)
    {
        var vocabulary = BytePairTrainer.Train(
            Enumerable.Repeat("abc abcabc Das ist ein Test, don't 3.14! e\u0301te\u0301 \U0001F600", 5), 45);
        var sample = new Subwords(JsonSerializer.Serialize(vocabulary, Json.Options));
        var ids = vocabulary.Encode(line);
        Assert.Equal(ids, sample.Encode(line));
        Assert.Equal(vocabulary.Decode(ids), sample.Decode(ids));
    }

    private static ExportedFolder Export(SuperTransformer model) =>
        ExportedFolder.Onnx(model, Chosen, ToyTask.Definition, ToyTask.Data().Vocabulary, OnnxPrecision.Float32);

    /// <summary>A model that has learned enough for translations to differ.</summary>
    public sealed class TrainedModel : IDisposable
    {
        private readonly Trainer _trainer;

        public TrainedModel()
        {
            var task = ToyTask.Definition with
            {
                Training = ToyTask.Definition.Training! with { Dropout = 0, AttentionDropout = 0, PeakLearningRate = 1e-2 },
            };
            _trainer = new Trainer(task, ToyTask.Data(), new FixedArchitecture(Chosen), new TrainingPlan(300, 20, 1), torch.CPU);
            while (!_trainer.Finished) _trainer.Update();
        }

        internal SuperTransformer Model => _trainer.Model;

        public void Dispose() => _trainer.Dispose();
    }
}

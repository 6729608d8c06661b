using HsNas.Cli.CommandLine;
using HsNas.Cli.Data;
using HsNas.Cli.Find.Planning;
using HsNas.Cli.Find.Text;
using HsNas.Cli.Find.Wishes;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Find.Stages;

/// <summary>Encodes the text, and says how long its sentences are.</summary>
internal sealed class TextStage(CommandContext context, FindWish wish, CheckedText text)
{
    /// <summary>The data set of the task called <paramref name="name"/>; made unless it is there.</summary>
    public async Task<PreparedText> PrepareAsync(string name, CancellationToken cancellationToken)
    {
        var store = context.Workspace.Data;
        var vocabulary = PlanMaker.Vocabulary(text.Usable);
        var manifest = await store.TryReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(name), cancellationToken);
        if (manifest is null)
        {
            // Neither space nor lengths change what is encoded.
            var task = new PlanMaker(name, text, vocabulary, (1, 1)).Task(SpaceSize.All[0]);
            manifest = await new DatasetBuilder(store).BuildAsync(task, Corpus(), cancellationToken);
        }

        var corpus = EncodedCorpus.FromBytes(
            await store.ReadAsync(BlobLayout.Corpus(name, manifest.Hash, CorpusPart.Train), cancellationToken));
        var lengths = (Mean(corpus.Sources), Mean(corpus.Targets));
        return new PreparedText(manifest, new PlanMaker(name, text, vocabulary, lengths), lengths.Item2);
    }

    private IRawCorpus Corpus()
    {
        var files = string.Join(", ", new[] { wish.Train, wish.Valid, wish.Test }.OfType<ParallelFiles>()
            .Select(f => $"{Path.GetFileName(f.Source)} and {Path.GetFileName(f.Target)}"));
        var corpus = new SuppliedCorpus(wish.Train, wish.Valid, wish.Test, TextCheck.Cleaner, files);
        return wish.Valid is null && wish.Test is null ? corpus : new DisjointCorpus(corpus);
    }

    private static int Mean(IReadOnlyList<int[]> sentences) => Math.Max(5, (int)Math.Round(sentences.Average(s => s.Length + 1.0)));
}

/// <summary>Encoded text.</summary>
/// <param name="Manifest">Its data set.</param>
/// <param name="Maker">Makes tasks and plans for it.</param>
/// <param name="MeanTarget">Tokens of an average target sentence.</param>
internal sealed record PreparedText(DatasetManifest Manifest, PlanMaker Maker, int MeanTarget)
{
    /// <summary>How much there is, in batches of <paramref name="batchTokens"/>.</summary>
    public TextSize Size(int batchTokens) =>
        new(Manifest.ValidPairs, Manifest.TestPairs, Math.Max(1, (double)Manifest.TrainPairs * MeanTarget / batchTokens));
}

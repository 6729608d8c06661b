using HsNas.Cli.Data;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack.Storage;
using HsNas.Spaces;
using HsNas.Storage;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Data;

public class DatasetBuilderTests
{
    private static readonly TaskDefinition Task = TaskCatalog.Get("tiny-en-de") with { VocabularySize = 150 };

    [Fact]
    public async Task The_same_text_gives_the_same_hash_and_the_same_bytes()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();

        var one = await Build(first, Pairs(600));
        var two = await Build(second, Pairs(600));

        Assert.Equal(one, two);
        Assert.Equal(Files(first), Files(second));
        Assert.Equal(11, Files(first).Count);
    }

    [Fact]
    public async Task Other_text_gets_another_hash_beside_the_first()
    {
        using var folder = new TemporaryFolder();

        var one = await Build(folder, Pairs(600));
        var two = await Build(folder, Pairs(601));

        Assert.NotEqual(one.Hash, two.Hash);
        var store = new DirectoryArtifactStore(folder.Path);
        Assert.True(await store.ExistsAsync(BlobLayout.Vocabulary(Task.Name, one.Hash)));
        Assert.Equal(two, await store.ReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(Task.Name)));
    }

    [Fact]
    public async Task Every_pair_lands_in_exactly_one_part_and_reads_back()
    {
        using var folder = new TemporaryFolder();

        var manifest = await Build(folder, Pairs(600));

        Assert.Equal(600, manifest.TrainPairs + manifest.ValidPairs + manifest.TestPairs);
        var bytes = await new DirectoryArtifactStore(folder.Path).ReadAsync(BlobLayout.Corpus(Task.Name, manifest.Hash, CorpusPart.Valid));
        Assert.Equal(manifest.ValidPairs, EncodedCorpus.FromBytes(bytes).Count);
    }

    [Fact]
    public async Task Too_little_text_is_refused_and_leaves_no_manifest()
    {
        using var folder = new TemporaryFolder();

        await Assert.ThrowsAsync<DataPreparationException>(() => Build(folder, Pairs(3)));

        Assert.Empty(Files(folder));
    }

    [Fact]
    public async Task A_data_set_is_copied_once_and_again_only_when_it_changed()
    {
        using var folder = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        var (source, target) = (new DirectoryArtifactStore(folder.Path), new DirectoryArtifactStore(copy.Path));
        await Build(folder, Pairs(600));

        Assert.NotNull(await DatasetUpload.CopyAsync(source, target, Task.Name, default));
        Assert.Equal(Files(folder), Files(copy));
        Assert.Null(await DatasetUpload.CopyAsync(source, target, Task.Name, default));
        Assert.Equal([Task.Name], await DatasetUpload.PreparedTasksAsync(target, default));

        var changed = await Build(folder, Pairs(601));
        Assert.Equal(changed, await DatasetUpload.CopyAsync(source, target, Task.Name, default));
    }

    [Fact]
    public async Task A_large_training_part_is_cut_into_shards_that_join_to_the_same()
    {
        using var whole = new TemporaryFolder();
        using var cut = new TemporaryFolder();
        var corpus = new DrawnCorpus(Pairs(600), "synthetic");

        var one = await Build(whole, Pairs(600));
        var many = await new DatasetBuilder(new DirectoryArtifactStore(cut.Path), shardPairs: 100).BuildAsync(Task, corpus, default);

        Assert.Equal((one.Hash, (one.TrainPairs + 99) / 100), (many.Hash, many.TrainShards!.Value));
        Assert.Null(one.TrainShards);
        Assert.Equal((await ReadTrainAsync(whole, one)).ToBytes(), (await ReadTrainAsync(cut, many)).ToBytes());
    }

    private static async Task<EncodedCorpus> ReadTrainAsync(TemporaryFolder folder, DatasetManifest manifest)
    {
        var (store, shards) = (new DirectoryArtifactStore(folder.Path), new List<EncodedCorpus>());
        for (var shard = 0; shard < (manifest.TrainShards ?? 1); shard++)
            shards.Add(
                EncodedCorpus.FromBytes(await store.ReadAsync(BlobLayout.Corpus(Task.Name, manifest.Hash, CorpusPart.Train, shard))));
        return EncodedCorpus.Join(shards);
    }

    private static Task<DatasetManifest> Build(TemporaryFolder folder, IEnumerable<SentencePair> pairs) =>
        new DatasetBuilder(new DirectoryArtifactStore(folder.Path)).BuildAsync(Task, new DrawnCorpus(pairs, "synthetic"), default);

    private static IEnumerable<SentencePair> Pairs(int count) =>
        Enumerable.Range(0, count).Select(i => new SentencePair($"the file number {i} is open", $"die Datei Nummer {i} ist offen"));

    private static SortedDictionary<string, string> Files(TemporaryFolder folder) => new(
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(folder.Path, f), f => Convert.ToHexString(File.ReadAllBytes(f))),
        StringComparer.Ordinal);
}

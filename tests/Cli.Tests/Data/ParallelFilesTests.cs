using System.IO.Compression;
using System.Text;
using HsNas.Cli.Data;
using HsNas.Cli.Tests.Support;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Data;

public sealed class ParallelFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_of_two_files_are_pairs()
    {
        var files = new ParallelFiles(Write("a.en", "one\ntwo\n"), Write("a.de", "eins\nzwei"));

        Assert.Equal([new SentencePair("one", "eins"), new SentencePair("two", "zwei")], files.Read());
    }

    [Fact]
    public void Compressed_files_are_read_as_they_are()
    {
        using (var file = File.Create(Path.Combine(_folder.Path, "a.en.gz")))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
            gzip.Write("one\ntwo\n"u8);

        Assert.Equal(2, new ParallelFiles(Path.Combine(_folder.Path, "a.en.gz"), Write("a.de", "eins\nzwei\n")).Read().Count());
    }

    [Theory]
    [InlineData("one\ntwo\n", "eins\n", "not aligned")]
    [InlineData("one\n", "eins\nzwei\n", "not aligned")]
    [InlineData("", "eins\n", "not aligned")]
    [InlineData("one\n", "ei\xFFns\n", "not UTF-8")]
    public void Faulty_files_are_refused_by_name(string source, string target, string fault)
    {
        var (from, to) = (Write("a.en", source), Path.Combine(_folder.Path, "a.de"));
        File.WriteAllBytes(to, Encoding.Latin1.GetBytes(target));

        var e = Assert.Throws<DataPreparationException>(() => new ParallelFiles(from, to).Read().Count());

        Assert.Contains(fault, e.Message, StringComparison.Ordinal);
        Assert.Contains("a.de", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_refused_by_name() => Assert.Contains("nothing.en",
        Assert.Throws<DataPreparationException>(() => new ParallelFiles(Path.Combine(_folder.Path, "nothing.en"), Write("a.de", "eins"))
            .Read().Count()).Message, StringComparison.Ordinal);

    [Fact]
    public void Own_validation_and_test_text_is_taken_whole_and_training_text_cleaned()
    {
        var train = new ParallelFiles(
            Write("t.en", Numbered("the file", 400) + "too short\n"), Write("t.de", Numbered("die Datei", 400) + "kurz\n"));
        var valid = new ParallelFiles(Write("v.en", "x\nx\n"), Write("v.de", "y\nz\n"));
        var corpus = new SuppliedCorpus(train, valid, null, new CorpusCleaner { MinWords = 3, MaxWords = 250 }, "text");

        Assert.Equal([new SentencePair("x", "y"), new SentencePair("x", "z")], corpus.Read(CorpusPart.Valid));
        Assert.Equal(400, corpus.Read(CorpusPart.Train).Count() + corpus.Read(CorpusPart.Test).Count());
        Assert.NotEmpty(corpus.Read(CorpusPart.Test));
        Assert.Empty(corpus.Read(CorpusPart.Train).Intersect(corpus.Read(CorpusPart.Test)));
    }

    [Fact]
    public void An_empty_line_of_test_text_is_refused_by_number()
    {
        var files = new ParallelFiles(Write("v.en", "x\n \n"), Write("v.de", "y\nz\n"));
        var corpus = new SuppliedCorpus(files, null, files, new CorpusCleaner(), "text");

        Assert.Contains("line 2", Assert.Throws<DataPreparationException>(() => corpus.Read(CorpusPart.Test).Count()).Message,
            StringComparison.Ordinal);
    }

    private static string Numbered(string text, int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"{text} number {i}\n"));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}

using System.IO.Compression;
using System.Text;
using HsNas.Cli.Data;
using HsNas.Cli.Find.Text;
using HsNas.Cli.Find.Wishes;
using HsNas.Cli.Tests.Support;

namespace HsNas.Cli.Tests.Find;

/// <summary>What is refused before anything starts, and that it is named.</summary>
public sealed class TextCheckTests : IDisposable
{
    private const int Enough = 1500;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_in_two_languages_is_taken_and_its_languages_are_read_from_the_names()
    {
        var text = TextCheck.Read(Wish("a.fr", French(Enough), "a.en", English(Enough)));

        Assert.Equal((Enough, Enough, "fr", "en"), (text.Lines, text.Usable, text.Source, text.Target));
    }

    [Fact]
    public void Files_of_unequal_length_are_refused() =>
        Refused(Wish("a.fr", French(Enough), "a.en", English(Enough - 1)), "a.fr", "a.en", "not aligned");

    [Fact]
    public void Empty_file_is_refused() => Refused(Wish("a.fr", [], "a.en", English(Enough)), "a.fr is empty");

    [Fact]
    public void Ten_lines_are_refused() => Refused(Wish("a.fr", French(10), "a.en", English(10)), "10 lines", "at least 1,000");

    [Fact]
    public void Other_encoding_is_refused()
    {
        var wish = Wish("a.fr", French(Enough), "a.en", English(Enough));
        File.WriteAllBytes(wish.Train.Source, Encoding.Latin1.GetBytes(string.Join('\n', French(Enough)) + "\n"));

        Refused(wish, "a.fr", "not UTF-8");
    }

    [Fact]
    public void Sixteen_bit_text_without_a_mark_is_refused()
    {
        var wish = Wish("a.fr", French(Enough), "a.en", English(Enough));
        File.WriteAllBytes(wish.Train.Target, new UnicodeEncoding(false, false).GetBytes(string.Join('\n', English(Enough)) + "\n"));

        Refused(wish, "a.en, line 1,", "UTF-16");
    }

    [Fact]
    public void The_same_text_on_both_sides_is_refused() =>
        Refused(Wish("a.fr", French(Enough), "a.en", French(Enough)), "the same text", "1,500 of 1,500");

    [Fact]
    public void Two_texts_of_one_language_are_refused() =>
        Refused(Wish("a.fr", French(Enough), "a.en", [.. French(2 * Enough)[Enough..]]), "one language");

    [Fact]
    public void Text_of_which_too_little_is_usable_is_refused() =>
        Refused(Wish("a.fr", Repeat(French(500), 4), "a.en", Repeat(English(500), 4)), "2,000 lines", "500 are usable");

    [Fact]
    public void Validation_text_is_checked_too()
    {
        var wish = Wish("a.fr", French(Enough), "a.en", English(Enough));
        var valid = Wish("v.fr", French(20), "v.en", English(19)).Train;

        Refused(wish with { Valid = valid }, "v.fr", "not aligned");
    }

    [Fact]
    public void Packed_text_has_the_hash_of_the_same_text_unpacked()
    {
        var plain = TextCheck.Read(Wish("a.fr", French(Enough), "a.en", English(Enough)));
        var wish = Wish("b.fr", French(Enough), "b.en", English(Enough));
        var packed = TextCheck.Read(wish with { Train = new ParallelFiles(Pack(wish.Train.Source), Pack(wish.Train.Target)) });
        var changed = TextCheck.Read(Wish("c.fr", [.. French(Enough).Reverse()], "c.en", [.. English(Enough).Reverse()]));

        Assert.Equal((plain.Hash, "fr", "en"), (packed.Hash, packed.Source, packed.Target));
        Assert.NotEqual(plain.Hash, changed.Hash);
    }

    [Theory]
    [InlineData("train.fr", "train.en", "fr", "en")]
    [InlineData("train.fr.gz", "train.pt-BR", "fr", "pt-BR")]
    [InlineData("train.txt", "train.txt", "source", "target")]
    [InlineData("a.text", "train.en", "source", "target")]
    public void Languages_are_read_from_the_names_of_files(string source, string target, string from, string to) =>
        Assert.Equal((from, to), LanguageCodes.Of(new ParallelFiles(source, target)));

    private static void Refused(FindWish wish, params string[] words)
    {
        var error = Assert.Throws<DataPreparationException>(() => TextCheck.Read(wish));
        Assert.All(words, w => Assert.Contains(w, error.Message, StringComparison.Ordinal));
    }

    private static string Pack(string file)
    {
        using var packed = new GZipStream(File.Create(file + ".gz"), CompressionLevel.Fastest);
        packed.Write(File.ReadAllBytes(file));
        return file + ".gz";
    }

    private FindWish Wish(string source, string[] from, string target, string[] to) => new(
        new ParallelFiles(Lines(source, from), Lines(target, to)), null, null, 5, TimeSpan.FromHours(2), null, null);

    private string Lines(string name, string[] lines) => _folder.Write(name, string.Concat(lines.Select(l => l + "\n")));

    private static string[] Repeat(string[] lines, int times) => [.. Enumerable.Repeat(lines, times).SelectMany(l => l)];

    private static string[] French(int count) => Sentences(
        count, ["le fichier", "la fenêtre", "un tableau", "cette cellule"], ["ouvre", "supprime", "déplace", "a été créé avec"],
        ["des lignes", "une colonne", "quelques éléments", "leur mise en forme"]);

    private static string[] English(int count) => Sentences(
        count, ["the file", "the window", "a table", "this cell"], ["opens", "deletes", "moves", "was created with"],
        ["some rows", "one column", "a few items", "their formatting"]);

    private static string[] Sentences(int count, string[] subjects, string[] verbs, string[] objects) =>
        [.. Enumerable.Range(0, count).Select(i => $"{subjects[i % 4]} {verbs[i / 4 % 4]} {objects[i / 16 % 4]} {i}")];
}

using System.Text;
using HsNas.Cli.Data;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Data;

public class GettextCatalogTests
{
    [Fact]
    public void Context_prefixes_and_mnemonics_are_removed()
    {
        var pairs = Read(("menu|ctx\u0004_File name", "~Dateiname"), ("Open a ~document", "Ein _Dokument öffnen"));

        Assert.Equal([new SentencePair("File name", "Dateiname"), new SentencePair("Open a document", "Ein Dokument öffnen")], pairs);
    }

    [Fact]
    public void A_mark_that_is_no_mnemonic_stays()
    {
        var pairs = Read(("range 1 ~ 2", "Bereich 1 ~ 2"), ("a_", "b_"));

        Assert.Equal([new SentencePair("range 1 ~ 2", "Bereich 1 ~ 2"), new SentencePair("a_", "b_")], pairs);
    }

    [Fact]
    public void The_header_and_plural_messages_are_skipped()
    {
        var pairs = Read(("", "Content-Type: text/plain"), ("one file\0%1 files", "eine Datei\0%1 Dateien"),
            ("Yes it is", "Ja, so ist es"));

        Assert.Equal([new SentencePair("Yes it is", "Ja, so ist es")], pairs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no catalogue, but long enough to be one")]
    public void What_is_no_catalogue_is_refused(string content) =>
        Assert.Throws<InvalidDataException>(() => GettextCatalog.Read(Encoding.UTF8.GetBytes(content)).ToList());

    private static List<SentencePair> Read(params (string Source, string Target)[] messages) => [.. GettextCatalog.Read(Build(messages))];

    private static byte[] Build((string Source, string Target)[] messages)
    {
        const int HeaderBytes = 28;
        var texts = messages.Select(m => m.Source).Concat(messages.Select(m => m.Target)).Select(Encoding.UTF8.GetBytes).ToList();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        uint[] header = [0x950412de, 0, (uint)messages.Length, HeaderBytes, (uint)(HeaderBytes + (8 * messages.Length)), 0, 0];
        foreach (var value in header) writer.Write(value);
        var at = HeaderBytes + (16 * messages.Length);
        foreach (var text in texts)
        {
            writer.Write(text.Length);
            writer.Write(at);
            at += text.Length + 1;
        }

        foreach (var text in texts)
        {
            writer.Write(text);
            writer.Write((byte)0);
        }

        return stream.ToArray();
    }
}

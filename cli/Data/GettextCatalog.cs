using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using HsNas.Translation;

namespace HsNas.Cli.Data;

/// <summary>Messages of a compiled gettext catalogue (.mo).</summary>
internal static partial class GettextCatalog
{
    private const uint LittleEndianMagic = 0x950412de;

    /// <summary>Pairs of every catalogue below <paramref name="folder"/>, in path order.</summary>
    public static IEnumerable<SentencePair> ReadAll(string folder) =>
        Directory.EnumerateFiles(folder, "*.mo", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(f => Read(File.ReadAllBytes(f)));

    /// <summary>Singular messages with context prefixes and keyboard mnemonics removed; the header entry is skipped.</summary>
    /// <exception cref="InvalidDataException">Not a little-endian catalogue.</exception>
    public static IEnumerable<SentencePair> Read(byte[] file)
    {
        if (file.Length < 20 || UInt32(file, 0) != LittleEndianMagic)
            throw new InvalidDataException("Not a little-endian gettext catalogue.");
        var count = (int)UInt32(file, 8);
        int originals = (int)UInt32(file, 12), translations = (int)UInt32(file, 16);
        for (var i = 0; i < count; i++)
        {
            var source = Text(file, originals + (8 * i));
            var target = Text(file, translations + (8 * i));
            var context = source.IndexOf('\u0004', StringComparison.Ordinal);
            source = source[(context + 1)..];
            if (source.Length == 0 || source.Contains('\0', StringComparison.Ordinal)) continue;
            yield return new SentencePair(WithoutMnemonics(source), WithoutMnemonics(target));
        }
    }

    private static string WithoutMnemonics(string text) => Mnemonic().Replace(text, "");

    private static string Text(byte[] file, int entry) =>
        Encoding.UTF8.GetString(file, (int)UInt32(file, entry + 4), (int)UInt32(file, entry));

    private static uint UInt32(byte[] file, int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));

    // "_File" and "~File": a mark before a letter that starts a word or follows another letter.
    [GeneratedRegex(@"[_~](?=\p{L})")]
    private static partial Regex Mnemonic();
}

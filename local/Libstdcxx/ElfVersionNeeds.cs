using System.Buffers.Binary;
using System.Text;

namespace HsNas.Local.Libstdcxx;

/// <summary>
/// The version needs of a 64-bit little-endian ELF library: a list of (library, version) that the loader checks before it maps
/// anything. An entry with the weak flag may be missing on the system; any other missing entry makes the load fail.
/// </summary>
/// <param name="file">The whole file; <see cref="SetWeak"/> writes into it.</param>
internal sealed class ElfVersionNeeds(byte[] file)
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    /// <summary>Sets or clears the weak flag of one version.</summary>
    /// <param name="version">Name of the version, such as GLIBCXX_3.4.32.</param>
    /// <param name="weak">Whether the loader may go on without it.</param>
    /// <returns>Whether the file asks for that version.</returns>
    /// <exception cref="InvalidDataException">The file is no 64-bit little-endian ELF file.</exception>
    public bool SetWeak(string version, bool weak)
    {
        if (!file.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8)) throw new InvalidDataException("It is no 64-bit ELF library.");
        if (Find(version) is not { } entry) return false;
        var flags = file.AsSpan(entry + 4, sizeof(ushort));
        var old = BinaryPrimitives.ReadUInt16LittleEndian(flags);
        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(weak ? old | WeakFlag : old & ~WeakFlag));
        return true;
    }

    // Offset of the version's entry: hash (4 bytes), flags (2), index (2), name (4), distance to the next entry (4).
    private int? Find(string version)
    {
        var (table, link) = Sections().FirstOrDefault(s => s.Type == VersionNeedSection) is { Offset: > 0 } s ? (s.Offset, s.Link) : (0, 0);
        if (table == 0) return null;
        var names = Sections().ElementAt(link).Offset;
        // A library's block: form (2), number of entries (2), name (4), distance to its entries (4), distance to the next block (4).
        for (var (block, last) = (table, false); !last; block += Word(block + 12))
        {
            last = Word(block + 12) == 0;
            for (var (entry, left) = (block + Word(block + 8), (int)Half(block + 2)); left > 0; entry += Word(entry + 12), left--)
                if (Name(names + Word(entry + 8)) == version) return entry;
        }

        return null;
    }

    private IEnumerable<(uint Type, int Offset, int Link)> Sections()
    {
        var headers = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(0x28)));
        var (size, count) = (Half(0x3A), Half(0x3C));
        return Enumerable.Range(0, count).Select(i => headers + (i * size))
            .Select(h => ((uint)Word(h + 4), checked((int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(h + 0x18))), Word(h + 0x28)));
    }

    private string Name(int at) => Encoding.ASCII.GetString(file.AsSpan(at, file.AsSpan(at).IndexOf((byte)0)));

    private int Word(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));

    private ushort Half(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
}

using System.Buffers.Binary;

namespace HsNas.Translation;

/// <summary>Token ids of one corpus part, without end marks; the unit that a worker loads.</summary>
/// <param name="Sources">Source ids, a sentence an entry.</param>
/// <param name="Targets">Target ids, parallel to <paramref name="Sources"/>.</param>
public sealed record EncodedCorpus(IReadOnlyList<int[]> Sources, IReadOnlyList<int[]> Targets)
{
    private static ReadOnlySpan<byte> Magic => "HSNASC1\n"u8;

    /// <summary>Number of sentence pairs.</summary>
    public int Count => Sources.Count;

    /// <summary>Encodes <paramref name="pairs"/>.</summary>
    public static EncodedCorpus Encode(IReadOnlyCollection<SentencePair> pairs, BytePairVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new([.. pairs.Select(p => vocabulary.Encode(p.Source))], [.. pairs.Select(p => vocabulary.Encode(p.Target))]);
    }

    /// <summary>Several corpora as one, in order.</summary>
    public static EncodedCorpus Join(IReadOnlyCollection<EncodedCorpus> shards) =>
        new([.. shards.SelectMany(s => s.Sources)], [.. shards.SelectMany(s => s.Targets)]);

    /// <summary>Serialises: magic, count, then per pair two length-prefixed lists of 32-bit little-endian ids.</summary>
    public byte[] ToBytes()
    {
        var ints = 1 + Sources.Sum(s => s.Length + 1) + Targets.Sum(t => t.Length + 1);
        var bytes = new byte[Magic.Length + (4 * ints)];
        Magic.CopyTo(bytes);
        var at = Magic.Length;
        Put(Count);
        for (var i = 0; i < Count; i++)
        {
            PutAll(Sources[i]);
            PutAll(Targets[i]);
        }

        return bytes;

        void Put(int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
            at += 4;
        }

        void PutAll(int[] values)
        {
            Put(values.Length);
            foreach (var v in values) Put(v);
        }
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a corpus of this form, or end early.</exception>
    public static EncodedCorpus FromBytes(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Magic.Length + 4 || !bytes.Span.StartsWith(Magic))
            throw new InvalidDataException("Not an encoded corpus: the header is missing.");
        var at = Magic.Length;
        var count = Get();
        var sources = new List<int[]>();
        var targets = new List<int[]>();
        for (var i = 0; i < count; i++)
        {
            sources.Add(GetAll());
            targets.Add(GetAll());
        }

        return new EncodedCorpus(sources, targets);

        int Get()
        {
            if (at + 4 > bytes.Length) throw new InvalidDataException($"The encoded corpus ends early, at byte {bytes.Length}.");
            var value = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[at..]);
            at += 4;
            return value;
        }

        int[] GetAll()
        {
            var length = Get();
            if (length < 0 || at + (4L * length) > bytes.Length) throw new InvalidDataException($"Bad length {length} at byte {at - 4}.");
            var values = new int[length];
            for (var i = 0; i < length; i++) values[i] = Get();
            return values;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using HsNas.Cli.Data;
using HsNas.Cli.Find.Wishes;
using HsNas.Translation;

namespace HsNas.Cli.Find.Text;

/// <summary>Reads all text once, before anything is started, and refuses by name what no search can use.</summary>
internal static class TextCheck
{
    /// <summary>Fewest usable pairs: of fewer, a fiftieth is no validation text.</summary>
    public const int LeastPairs = 1000;

    // Of lines, that are the same on both sides. Names and numbers are, in every language.
    private const double MostEqual = 0.5;
    private const int ProfiledLines = 20_000;

    // Halves of one text are alike to 0.95 with 1,000 lines and to 0.99 with 20,000; LibreOffice's English and French, which share many
    // words, to 0.67.
    private const double SameLanguage = 0.93;

    /// <summary>What is kept of training text.</summary>
    public static CorpusCleaner Cleaner { get; } = new() { MinWords = 1, MaxWords = 100, MaxLengthRatio = 3 };

    /// <summary>The text, checked.</summary>
    /// <exception cref="DataPreparationException">It cannot be used; names the file and says why.</exception>
    public static CheckedText Read(FindWish wish)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = Check(wish.Train, hash);
        if (wish.Valid is { } valid) Check(valid, hash);
        if (wish.Test is { } test) Check(test, hash);
        var usable = Cleaner.Clean(wish.Train.Read()).Count();
        if (usable < LeastPairs)
        {
            throw new DataPreparationException(
                $"{wish.Train.Source} and {wish.Train.Target} have {lines:N0} lines, of which {usable:N0} are usable pairs (distinct, "
                + $"{Cleaner.MinWords} to {Cleaner.MaxWords} words, neither side more than {Cleaner.MaxLengthRatio} times the other); at "
                + $"least {LeastPairs:N0} are needed.");
        }

        var (source, target) = wish.Languages ?? LanguageCodes.Of(wish.Train);
        return new CheckedText(lines, usable, Convert.ToHexStringLower(hash.GetHashAndReset()), source, target);
    }

    private static long Check(ParallelFiles files, IncrementalHash hash)
    {
        foreach (var file in new[] { files.Source, files.Target })
            if (new FileInfo(file) is { Exists: true, Length: 0 }) throw new DataPreparationException($"{file} is empty.");
        var (lines, equal) = (0L, 0L);
        LanguageProfile[] source = [new(), new()], target = [new(), new()];
        foreach (var pair in files.Read())
        {
            if (NulIn(pair) is { } side)
                throw new DataPreparationException(
                    $"{(side ? files.Source : files.Target)}, line {lines + 1:N0}, holds a zero byte: not UTF-8 text (perhaps UTF-16).");
            hash.AppendData(Encoding.UTF8.GetBytes($"{pair.Source}\n{pair.Target}\n"));
            if (pair.Source == pair.Target) equal++;
            if (lines < ProfiledLines)
            {
                source[lines % 2].Add(pair.Source);
                target[lines % 2].Add(pair.Target);
            }

            lines++;
        }

        if (lines == 0) throw new DataPreparationException($"{files.Source} is empty.");
        if (equal > MostEqual * lines)
            throw new DataPreparationException(
                $"{files.Source} and {files.Target} hold the same text: {equal:N0} of {lines:N0} lines are equal.");
        // Of short texts the profiles say too little; they are refused for their length.
        if (lines >= LeastPairs && Math.Min(source[0].Likeness(target[1]), source[1].Likeness(target[0])) >= SameLanguage
            * Math.Min(source[0].Likeness(source[1]), target[0].Likeness(target[1])))
            throw new DataPreparationException(
                $"{files.Source} and {files.Target} seem to be in one language: their letters are as alike as those of two halves of one.");
        return lines;
    }

    // True: in the source; false: in the target; null: in neither.
    private static bool? NulIn(SentencePair pair) =>
        pair.Source.Contains('\0', StringComparison.Ordinal) ? true : pair.Target.Contains('\0', StringComparison.Ordinal) ? false : null;
}

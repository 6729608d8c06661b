using System.CommandLine;
using HsNas.Cli.Data;
using HsNas.Translation;

namespace HsNas.Cli.Commands;

/// <summary>Options of <c>data prepare</c> that supply a user's own text.</summary>
internal sealed class DataOptions
{
    private readonly Option<string[]?> _train =
        Pair("--train",
        "Training text: a file of source sentences and one of target sentences, line by line; UTF-8, .gz allowed, or blob:container/name.");
    private readonly Option<string[]?> _valid = Pair("--valid", "Validation text, two files; 2 % of the training text where not given.");
    private readonly Option<string[]?> _test = Pair("--test", "Test text, two files; 2 % of the training text where not given.");
    private readonly Option<int> _minWords =
        new("--min-words") { Description = "Fewest words of a training sentence on either side.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _maxWords =
        new("--max-words") { Description = "Most words of a training sentence on either side.", DefaultValueFactory = _ => 250 };
    private readonly Option<double> _maxRatio =
        new("--max-ratio") { Description = "Largest ratio of word counts of a training pair.", DefaultValueFactory = _ => 1.5 };
    private readonly Option<string?> _provenance =
        new("--provenance") { Description = "Where the text comes from, with version and licence; results quote it." };

    /// <summary>Adds all to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _train, _valid, _test, _minWords, _maxWords, _maxRatio, _provenance })
            command.Options.Add(option);
    }

    /// <summary>The supplied text; null where none is.</summary>
    /// <param name="parse">Arguments.</param>
    /// <param name="fetch">Turns a name into the path of a file.</param>
    /// <exception cref="DataPreparationException">Validation or test text without training text, or numbers that leave nothing.</exception>
    public async Task<SuppliedCorpus?> ReadAsync(ParseResult parse, Func<string, Task<string>> fetch)
    {
        var train = await FilesAsync(parse.GetValue(_train), fetch);
        var (valid, test) = (await FilesAsync(parse.GetValue(_valid), fetch), await FilesAsync(parse.GetValue(_test), fetch));
        if (train is null)
            return (valid ?? test) is null
                ? null : throw new DataPreparationException("--valid and --test belong to --train, which is not given.");
        var cleaner = new CorpusCleaner { MinWords = parse.GetValue(_minWords), MaxWords = parse.GetValue(_maxWords),
            MaxLengthRatio = parse.GetValue(_maxRatio) };
        if (cleaner.MinWords < 1 || cleaner.MaxWords < cleaner.MinWords)
            throw new DataPreparationException(
                $"--min-words {cleaner.MinWords}, --max-words {cleaner.MaxWords}: allowed are 1 <= min-words <= max-words.");
        if (!(cleaner.MaxLengthRatio >= 1))
            throw new DataPreparationException($"--max-ratio is {cleaner.MaxLengthRatio}; it must be at least 1.");
        var provenance = parse.GetValue(_provenance)
            ?? string.Join(", ", new[] { train, valid, test }.OfType<ParallelFiles>()
            .Select(f => $"{Path.GetFileName(f.Source)} and {Path.GetFileName(f.Target)}"));
        return new SuppliedCorpus(train, valid, test, cleaner,
            $"{provenance}; training pairs of {cleaner.MinWords} to {cleaner.MaxWords} words, ratio at most {cleaner.MaxLengthRatio}");
    }

    private static async Task<ParallelFiles?> FilesAsync(string[]? names, Func<string, Task<string>> fetch) =>
        names is [var source, var target] ? new ParallelFiles(await fetch(source), await fetch(target)) : null;

    private static Option<string[]?> Pair(string name, string description) =>
        new(name) { Description = description, Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
}

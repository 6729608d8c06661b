using HsNas.Cli.Data;

namespace HsNas.Cli.Find.Text;

/// <summary>Which languages files are in, by their names: train.de and train.en.gz are German and English.</summary>
internal static class LanguageCodes
{
    /// <summary>The codes of both files; "source" and "target" where a name has none.</summary>
    public static (string Source, string Target) Of(ParallelFiles files)
    {
        var (source, target) = (Of(files.Source), Of(files.Target));
        return source is null || target is null || source == target ? ("source", "target") : (source, target);
    }

    /// <summary>A code, two or three letters with or without a region; null where <paramref name="file"/> has none.</summary>
    public static string? Of(string file)
    {
        var name = Path.GetFileName(file);
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        var code = Path.GetExtension(name).TrimStart('.');
        var language = code.Split('-', '_')[0];
        return language.Length is 2 or 3 && language.All(char.IsAsciiLetterLower) ? code : null;
    }
}

namespace HsNas.Cli.Find.Text;

/// <summary>Text that can be used.</summary>
/// <param name="Lines">Pairs in the files.</param>
/// <param name="Usable">Pairs that are left when repeated, empty, over-long and uneven ones are dropped.</param>
/// <param name="Hash">Of the content of all files given.</param>
/// <param name="Source">Code of the source language.</param>
/// <param name="Target">Code of the target language.</param>
internal sealed record CheckedText(long Lines, int Usable, string Hash, string Source, string Target);

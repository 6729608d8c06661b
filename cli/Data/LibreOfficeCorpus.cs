using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Data;

/// <summary>Real parallel text without an account: LibreOffice's help and interface strings out of Debian's packages (MPL-2.0).</summary>
internal sealed class LibreOfficeCorpus(DebianPackages packages)
{
    /// <summary>Whether this text is a task's own.</summary>
    public static bool Has(TaskDefinition task) => task.Name.StartsWith("tiny-", StringComparison.Ordinal) && task.Source == "en";

    /// <summary>Paragraphs and messages of a task whose source is English, cleaned.</summary>
    public async Task<IRawCorpus> ReadAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        string[] names = ["libreoffice-help-en-us", $"libreoffice-help-{task.Target}", $"libreoffice-l10n-{task.Target}"];
        var (folder, versions) = await packages.UnpackAsync(names, cancellationToken);
        var help = Path.Combine(folder, "usr", "share", "libreoffice", "help");
        var pages = HelpPages.Read(Path.Combine(help, "en-US", "text"), Path.Combine(help, task.Target, "text"));
        var messages = GettextCatalog.ReadAll(Path.Combine(folder, "usr", "lib", "libreoffice", "program", "resource", task.Target));
        return new DrawnCorpus(pages.SelectMany(SentenceSplitter.Split)
            .Concat(messages), $"LibreOffice help and interface strings (MPL-2.0), Debian packages {versions}");
    }
}

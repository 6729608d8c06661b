using System.Reflection;

namespace HsNas.Predictors.Prompting;

/// <summary>The fixed sentences of a prompt: the embedded files of <c>Prompting/Texts</c>.</summary>
internal static class PromptTexts
{
    /// <summary>The role that the model is given, and the form of its answer.</summary>
    public static string Role { get; } = Read("role");

    /// <summary>One line per hyperparameter.</summary>
    public static string Definitions { get; } = Read("definitions");

    /// <summary>How to answer where one prompt asks about several architectures.</summary>
    public static string SeveralTests { get; } = Read("several-tests");

    /// <summary>Instruction 1 to 5.</summary>
    public static string Instruction(int number) => Read($"instruction-{number}");

    private static string Read(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var resource = assembly.GetManifestResourceNames()
            .Single(n => n.EndsWith($".Prompting.Texts.{name}.txt", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().TrimEnd().ReplaceLineEndings("\n");
    }
}

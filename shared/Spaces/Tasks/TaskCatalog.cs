using System.Reflection;
using HsNas.Kernel.Validation;

namespace HsNas.Spaces;

/// <summary>The built-in tasks, and the one way to read a task definition from anywhere else.</summary>
public static class TaskCatalog
{
    private const string ResourceMarker = ".Tasks.Definitions.";

    private static readonly Lazy<IReadOnlyList<TaskDefinition>> Embedded = new(ReadEmbedded);

    /// <summary>Every embedded definition, in the order of names.</summary>
    public static IReadOnlyList<TaskDefinition> BuiltIn => Embedded.Value;

    /// <summary>The built-in task called <paramref name="name"/>, compared exactly.</summary>
    /// <exception cref="TaskDefinitionException">No built-in task has that name; the message lists those that exist.</exception>
    public static TaskDefinition Get(string name) =>
        BuiltIn.FirstOrDefault(task => task.Name == name)
        ?? throw new TaskDefinitionException("task catalog", "task", name, $"one of {string.Join(", ", BuiltIn.Select(t => t.Name))}");

    /// <summary>Reads and validates one definition. Unknown fields, missing fields, wrong types and impossible values are errors.</summary>
    /// <param name="json">The definition's text.</param>
    /// <param name="sourceName">File or blob name, for messages.</param>
    /// <exception cref="TaskDefinitionException">Names the field, the value found and what is allowed.</exception>
    public static TaskDefinition Parse(string json, string sourceName)
    {
        TaskDefinitionException Error(string field, string value, string allowed) => new(sourceName, field, value, allowed);
        var task = StrictJson.Read<TaskDefinition>(json, Error);
        new TaskDefinitionRules(Error).Check(task);
        return task;
    }

    /// <summary>As <see cref="Parse(string, string)"/>, from UTF-8; the stream is read to its end and left open.</summary>
    public static TaskDefinition Parse(Stream stream, string sourceName)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        return Parse(reader.ReadToEnd(), sourceName);
    }

    private static List<TaskDefinition> ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var tasks = new List<TaskDefinition>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.Contains(ResourceMarker, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            tasks.Add(Parse(stream, resource[(resource.IndexOf(ResourceMarker, StringComparison.Ordinal) + ResourceMarker.Length)..]));
        }

        return [.. tasks.OrderBy(t => t.Name, StringComparer.Ordinal)];
    }
}

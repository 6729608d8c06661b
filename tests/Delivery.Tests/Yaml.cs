using YamlDotNet.RepresentationModel;

namespace HsNas.Delivery.Tests;

/// <summary>Reads YAML by name.</summary>
internal static class Yaml
{
    /// <summary>The document of a file.</summary>
    public static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Text(file)));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>The fields of a mapping, in order; none where there is no such mapping.</summary>
    public static IEnumerable<(string Name, YamlNode Value)> Fields(this YamlNode? node) =>
        node is YamlMappingNode mapping ? mapping.Children.Select(c => (c.Key.ToString(), c.Value)) : [];

    /// <summary>A field; null where it is not there.</summary>
    public static YamlNode? Field(this YamlNode? node, string name) => node.Fields().FirstOrDefault(f => f.Name == name).Value;

    /// <summary>A scalar field's text; null where it is not there.</summary>
    public static string? Text(this YamlNode? node, string name) => (node.Field(name) as YamlScalarNode)?.Value;

    /// <summary>The parts of a list, or the one thing that stands in its place; none where there is nothing.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node) =>
        node switch { null => [], YamlSequenceNode list => list.Children, _ => [node] };
}

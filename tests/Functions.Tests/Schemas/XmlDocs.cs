using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace HsNas.Functions.Tests.Schemas;

/// <summary>Doc comments of types and properties, from the files that the compiler writes beside assemblies.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Read = [];

    /// <summary>What a type is; null where it is not ours or says nothing.</summary>
    public static string? Of(Type type) => Text(Member(type, $"T:{Name(type)}")?.Element("summary"));

    /// <summary>What a property is: its own summary, or the parameter of its record.</summary>
    public static string? Of(PropertyInfo property)
    {
        var owner = property.DeclaringType!;
        var parameters = Member(owner, $"T:{Name(owner)}")?.Elements("param");
        return Text(Member(owner, $"P:{Name(owner)}.{property.Name}")?.Element("summary"))
            ?? Text(parameters?.FirstOrDefault(p => (string?)p.Attribute("name") == property.Name));
    }

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static XElement? Member(Type type, string name)
    {
        if (!Read.TryGetValue(type.Assembly, out var members))
        {
            var file = Path.ChangeExtension(Path.Combine(AppContext.BaseDirectory, type.Assembly.GetName().Name + ".dll"), "xml");
            Read[type.Assembly] = members = !File.Exists(file) ? [] : XDocument.Load(file).Descendants("member")
                .ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal);
        }

        return members.GetValueOrDefault(name);
    }

    private static string? Text(XElement? element)
    {
        if (element is null) return null;
        var words = element.Nodes().Select(n => n switch
        {
            XText text => text.Value,
            XElement { Value.Length: > 0 } quoted => quoted.Value,
            XElement named => ((string?)named.Attribute("cref") ?? (string?)named.Attribute("name"))?.Split('.', ':')[^1],
            _ => "",
        });
        return Spaces().Replace(string.Concat(words), " ").Trim() is { Length: > 0 } found ? found : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

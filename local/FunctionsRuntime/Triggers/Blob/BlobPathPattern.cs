using System.Text;
using System.Text.RegularExpressions;

namespace Microsoft.Azure.Functions.Worker.Triggers.Blob;

/// <summary>A blob trigger's path, such as <c>container/incoming/{id}/{name}.json</c>.</summary>
internal sealed class BlobPathPattern
{
    private readonly Regex pattern;

    internal BlobPathPattern(string path)
    {
        var (container, blob) = StorageClients.Split(path);
        if (container.Contains('{', StringComparison.Ordinal))
        {
            throw new NotSupportedException($"The container in the blob path '{path}' must be a fixed name.");
        }

        Container = container;
        var token = blob.IndexOf('{', StringComparison.Ordinal);
        Prefix = token < 0 ? blob : blob[..token];
        pattern = new Regex(Translate(blob), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    internal string Container { get; }

    /// <summary>The fixed beginning of the names.</summary>
    internal string Prefix { get; }

    internal Dictionary<string, object?>? Match(string blob)
    {
        var match = pattern.Match(blob);
        return match.Success
            ? match.Groups.Values.Where(group => !char.IsAsciiDigit(group.Name[0]))
                .ToDictionary(group => group.Name, group => (object?)group.Value)
            : null;
    }

    private static string Translate(string blob)
    {
        if (blob.Length == 0)
        {
            return "^.+$";
        }

        var regex = new StringBuilder("^");
        var rest = blob;
        while (rest.IndexOf('{', StringComparison.Ordinal) is var open and >= 0)
        {
            var close = rest.IndexOf('}', open);
            regex.Append(Regex.Escape(rest[..open]));

            // A token before a slash is one segment of the name. A later one may hold slashes.
            var isSegment = rest.IndexOf('/', close) >= 0;
            regex.Append("(?<").Append(rest.AsSpan(open + 1, close - open - 1)).Append('>').Append(isSegment ? "[^/]+?" : ".+").Append(')');
            rest = rest[(close + 1)..];
        }

        return regex.Append(Regex.Escape(rest)).Append('$').ToString();
    }
}

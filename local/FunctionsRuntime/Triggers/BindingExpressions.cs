using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Triggers;

/// <summary>Fills %Setting% from the configuration and {name} from what triggered the function.</summary>
internal sealed partial class BindingExpressions(IConfiguration configuration)
{
    internal string Resolve(string text) => SettingPattern().Replace(text, match =>
        configuration[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
        ?? throw new InvalidOperationException($"The setting '{match.Groups[1].Value}', used in '{text}', does not exist."));

    internal string Resolve(string text, LocalFunctionContext context) => TokenPattern().Replace(Resolve(text), match =>
    {
        var name = match.Groups[1].Value;
        if (name.Equals("rand-guid", StringComparison.OrdinalIgnoreCase))
        {
            return Guid.NewGuid().ToString();
        }

        var found = context.BindingContext.BindingData.FirstOrDefault(item => item.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found.Value?.ToString() ?? throw new InvalidOperationException($"Nothing supplies '{{{name}}}', used in '{text}'.");
    });

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex SettingPattern();

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex TokenPattern();
}

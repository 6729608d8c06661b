using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HsNas.Dashboard;

/// <summary>Turns a component into HTML, without a server or a browser. Everything that a model says is escaped.</summary>
public static class PageRenderer
{
    private const string Model = "Model";
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    /// <summary>The HTML of a component.</summary>
    /// <typeparam name="TComponent">The component; it takes a parameter "Model".</typeparam>
    /// <param name="model">What it shows.</param>
    public static async Task<string> RenderAsync<TComponent>(object model)
        where TComponent : IComponent
    {
        // A renderer does one thing at a time; one of its own lets requests render side by side.
        await using var renderer = new HtmlRenderer(Services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [Model] = model });
            return (await renderer.RenderComponentAsync<TComponent>(parameters)).ToHtmlString();
        });
    }
}

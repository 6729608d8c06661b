using HsNas.Dashboard;
using HsNas.Dashboard.Pages;
using HsNas.Functions.Hosting.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Ui;

/// <summary>What a browser can have without a key: an empty page, its style sheet and its module. None of them holds data.</summary>
public sealed class UiShell
{
    private static readonly Lazy<Task<string>> Page = new(() => PageRenderer.RenderAsync<Shell>(new object()));

    /// <summary>GET /api/ui: the empty page.</summary>
    [Function("Ui")]
    [Operation("Gets the dashboard's page, which holds no data.")]
    [Answer(StatusCodes.Status200OK, "The page.", ContentType = "text/html")]
    [Answer(StatusCodes.Status304NotModified, "The caller has it already.")]
    public async Task<IResult> PageAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ui")] HttpRequest request) =>
        UiAnswers.Own(request, await Page.Value, "text/html; charset=utf-8");

    /// <summary>GET /api/ui/app.css: the style sheet.</summary>
    [Function("UiStyle")]
    [Operation("Gets the dashboard's style sheet.")]
    [Answer(StatusCodes.Status200OK, "The style sheet.", ContentType = "text/css")]
    [Answer(StatusCodes.Status304NotModified, "The caller has it already.")]
    public IResult Style([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ui/app.css")] HttpRequest request) =>
        UiAnswers.Own(request, Assets.StyleSheet, "text/css; charset=utf-8");

    /// <summary>GET /api/ui/app.js: the module.</summary>
    [Function("UiModule")]
    [Operation("Gets the dashboard's module.")]
    [Answer(StatusCodes.Status200OK, "The module.", ContentType = "text/javascript")]
    [Answer(StatusCodes.Status304NotModified, "The caller has it already.")]
    public IResult Module([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ui/app.js")] HttpRequest request) =>
        UiAnswers.Own(request, Assets.Module, "text/javascript; charset=utf-8");
}

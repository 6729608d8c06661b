using HsNas.Local.InContextModel;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<RegressionCache>();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower);
var app = builder.Build();
app.MapGet("/v1/models", ChatEndpoint.ListModels);
app.MapPost("/v1/chat/completions", ChatEndpoint.Complete);
await app.RunAsync();

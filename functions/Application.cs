using HsNas.Functions.Hosting;
using HsNas.Llm;
using HsNas.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions;

/// <summary>The application as Program.cs and the tests start it.</summary>
internal static class Application
{
    /// <summary>Adds services and middleware; after ConfigureFunctionsWebApplication, whose middleware must be the outer one.</summary>
    public static void AddHsNas(this FunctionsApplicationBuilder builder)
    {
        // ASP.NET Core logs addresses, and an address may hold a key (?code=).
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddHsNas(builder.Configuration);
        builder.AddTelemetryExport(FunctionsTelemetry.Name, LlmTelemetry.Name);
        builder.UseMiddleware<TelemetryMiddleware>();
        builder.UseMiddleware<HttpGuardMiddleware>();
    }
}

using HsNas.Cli.Hosting;

namespace HsNas.Cli.Tests.Stack;

/// <summary>A test that starts the real stack; skipped, with the reason, where Azurite or a Release build is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StackFactAttribute : FactAttribute
{
    public StackFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HSNAS_AZURITE"))) Skip = "HSNAS_AZURITE names no Azurite; ./hsnas test sets it.";
        else if (!File.Exists(Path.Combine(Workspace.Find(_ => null).Root, "functions/bin/Release/net10.0/HsNas.Functions.dll"))) Skip = "The function app is not built in Release; ./hsnas test builds it.";
    }
}

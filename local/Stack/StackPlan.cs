using HsNas.Evaluation.InContext;
using HsNas.Local.Stack.Processes;

namespace HsNas.Local.Stack;

/// <summary>Which processes a stack has and how each is set up. It never changes what the user's environment sets.</summary>
internal sealed class StackPlan(StackOptions options, StackPorts ports, StorageEmulator storage, Func<string, string?> variable)
{
    // Of the two regressions this one predicts better on every task whose architectures were trained (docs/predictors.md).
    private const string StandIn = StandInModels.Ridge;

    /// <summary>Base address of the function app.</summary>
    public string FunctionsUrl => $"http://127.0.0.1:{ports.Functions}";

    /// <summary>Base address of the in-context model.</summary>
    public string ModelUrl => $"http://127.0.0.1:{ports.Model}/v1";

    /// <summary>False where the user's environment names another language model.</summary>
    public bool UsesInContextModel =>
        options.ModelFront is not null || string.IsNullOrEmpty(variable("Llm__Endpoint")) && string.IsNullOrEmpty(variable("Llm__Model"));

    /// <summary>Storage.</summary>
    public ChildSpec Storage => storage.Process(options);

    /// <summary>The in-context model.</summary>
    public ChildSpec Model => DotNet("model", "local/InContextModel", "HsNas.Local.InContextModel", new()
    {
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{ports.Model}",
        ["Logging__LogLevel__Default"] = "Warning",
    });

    /// <summary>The function app.</summary>
    public ChildSpec Functions
    {
        get
        {
            var defaults = new Dictionary<string, string>
            {
                ["Pipeline__ScoreJobs"] = $"{options.Workers}",
                ["Pipeline__LatencyArchitectures"] = "120",
                ["Pipeline__LatencyRuns"] = "5",
                // Many short passes: on a laptop a busy second is more likely than a slow architecture.
                ["Pipeline__VerificationRuns"] = "5",
                ["Pipeline__VerificationPasses"] = "8",
                ["RedistilSchedule"] = "0 0 3 * * *",
                ["DurableTask__LocalStorePath"] = Path.Combine(options.RunFolder, "durable.db"),
            };
            // One key for everything that is not open. The command line sends the same key.
            if (variable("HSNAS_KEY") is { Length: > 0 } key)
                (defaults["FunctionKeys__default"], defaults["SystemKeys__durabletask_extension"]) = (key, key);
            if (UsesInContextModel)
                (defaults["Llm__Endpoint"], defaults["Llm__Model"], defaults["Llm__ApiKey"]) = (ModelUrl, StandIn, "local");
            var settings =
                new Dictionary<string, string> { ["ASPNETCORE_URLS"] = FunctionsUrl, ["AzureWebJobsStorage"] = storage.ConnectionString };
            if (options.ModelFront is { } front)
                (settings["Llm__Endpoint"], settings["Llm__Model"], settings["Llm__ApiKey"]) = (front.ToString(), StandIn, "local");
            return DotNet("functions", "functions", "HsNas.Functions", settings, defaults);
        }
    }

    /// <summary>The workers, which yield to everybody else.</summary>
    public IEnumerable<ChildSpec> Workers => Enumerable.Range(1, options.Workers).Select(number =>
        DotNet($"worker-{number}", "gpu-worker", "HsNas.GpuWorker", new() { ["AzureWebJobsStorage"] = storage.ConnectionString },
            WorkerEnvironment.Variables)).Select(spec => spec with { Command = [.. Yielding.Prefix, .. spec.Command] });

    private ChildSpec DotNet(
        string name, string project, string assembly,
        Dictionary<string, string> settings, IReadOnlyDictionary<string, string>? defaults = null)
    {
        var program = BuildOutput.Find(name, options.Root, project, assembly, options.Configuration);
        settings["DOTNET_NOLOGO"] = "1";
        settings["Logging__Console__FormatterName"] = "simple";
        settings["Logging__Console__FormatterOptions__SingleLine"] = "true";
        settings["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff ";
        foreach (var (key, value) in defaults ?? new Dictionary<string, string>())
            if (string.IsNullOrEmpty(variable(key))) settings.TryAdd(key, value);
        foreach (var (key, value) in options.Settings) settings[key] = value;
        return new ChildSpec(name, ["dotnet", program], settings, Path.GetDirectoryName(program)!,
            Path.Combine(options.LogFolder, name + ".log"));
    }
}

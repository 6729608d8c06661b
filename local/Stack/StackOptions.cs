using System.Globalization;
using HsNas.Local.Stack.Processes;

namespace HsNas.Local.Stack;

/// <summary>What a local stack is started with.</summary>
public sealed record StackOptions
{
    /// <summary>The repository's root: build outputs and seed architectures are looked for below it.</summary>
    public required string Root { get; init; }

    /// <summary>Folder of this run: Azurite's data, the durable history, logs, the state file.</summary>
    public required string RunFolder { get; init; }

    /// <summary>Folder of prepared data sets; uploaded at start where it exists.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Azurite's executable (a JavaScript file that node runs).</summary>
    public required string Azurite { get; init; }

    /// <summary>Worker processes.</summary>
    public int Workers { get; init; } = Math.Min(4, Environment.ProcessorCount);

    /// <summary>Build configuration whose outputs are run.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>
    /// True takes port 7071 for the function app and 10000 and 10001 for Azurite where they are free, so that addresses stay the
    /// same. False takes any free ports.
    /// </summary>
    public bool CustomaryPorts { get; init; }

    /// <summary>Environment variables of function app and workers, over the user's environment and over the stack's own.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Address, ending in "/v1", of a program between the function app and the in-context model, which sees what is asked. Null:
    /// the function app asks the model itself, or the language model that the user's environment names.
    /// </summary>
    public Uri? ModelFront { get; init; }

    /// <summary>Longest wait before a process that keeps ending is started again.</summary>
    public TimeSpan LongestRestartWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one process may take until it answers.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Where the log files lie.</summary>
    public string LogFolder => Path.Combine(RunFolder, "logs");

    /// <summary>Options from the environment: HSNAS_AZURITE, HSNAS_WORKERS, HSNAS_CONFIGURATION.</summary>
    /// <exception cref="StackException">A variable has no usable value, or Azurite is not installed.</exception>
    public static StackOptions FromEnvironment(string root, string runFolder, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var azurite = variable("HSNAS_AZURITE") is { Length: > 0 } path
            ? path : Path.Combine(root, ".hsnas", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(azurite))
            throw new StackException($"Azurite is not installed ({azurite} does not exist): start through ./hsnas, which installs it.");
        return new StackOptions
        {
            Root = root,
            RunFolder = runFolder,
            DataFolder = Path.Combine(root, ".hsnas", "data"),
            Azurite = azurite,
            Workers = WorkersOf(variable),
            Configuration = variable("HSNAS_CONFIGURATION") is { Length: > 0 } configuration ? configuration : "Release",
        };
    }

    /// <summary>Worker processes that HSNAS_WORKERS asks for; one for each core, at most 4, where it is not set.</summary>
    /// <exception cref="StackException">The variable has no usable value.</exception>
    public static int WorkersOf(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable("HSNAS_WORKERS") is not { Length: > 0 } text ? Math.Min(4, Environment.ProcessorCount)
            : int.TryParse(text, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 64 ? count
            : throw new StackException($"HSNAS_WORKERS is '{text}'; allowed: 1 to 64.");
    }
}

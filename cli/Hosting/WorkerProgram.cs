using System.Diagnostics;
using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;

namespace HsNas.Cli.Hosting;

/// <summary>The worker's program, for sub-commands that need no queue.</summary>
internal sealed class WorkerProgram(Workspace workspace)
{
    /// <summary>Runs a sub-command and gives its standard output; one that yields has the priority of the stack's workers.</summary>
    /// <exception cref="CliException">It failed; quotes what it said.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, bool yields = false)
    {
        using var process = Start(arguments, niceness: 0, dies: true, yields: yields);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            var text = await output;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? text
                : throw new CliException($"The worker's '{string.Join(' ', arguments)}' failed with code {process.ExitCode}: "
                    + (errors.Trim() is { Length: > 0 } e ? e : text.Trim()));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Measures the fastest and the slowest architecture of a task on this machine; some seconds.</summary>
    /// <param name="task">A built-in task's name, or the file of a definition.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="CliException">It failed; quotes what it said.</exception>
    public async Task<LatencyRange> ProbeAsync(string task, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-probe-");
        try
        {
            var file = Path.Combine(folder.FullName, "probe.json");
            // As the worker that measures later: on a busy machine a higher priority would promise what it cannot keep.
            await RunAsync(["probe", task, file], cancellationToken, yields: true);
            return JsonSerializer.Deserialize<LatencyRange>(await File.ReadAllBytesAsync(file, cancellationToken), Json.Options)!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs a long sub-command, at low priority unless asked otherwise, line by line; gives its exit code.</summary>
    public async Task<int> StreamAsync(
        IReadOnlyList<string> arguments, Action<string> line, CancellationToken cancellationToken, int niceness = 10)
    {
        using var process = Start(arguments, niceness, dies: true);
        process.OutputDataReceived += (_, e) => { if (e.Data is { } text) line(text); };
        process.ErrorDataReceived += (_, e) => { if (e.Data is { } text) line(text); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>
    /// Runs a long sub-command as processes side by side, each of which does its share: behind the arguments it is told its number, from
    /// 0, and how many they are. Gives their greatest exit code.
    /// </summary>
    public async Task<int> StreamSharesAsync(
        IReadOnlyList<string> arguments, int shares, Action<string> line, CancellationToken cancellationToken, int niceness = 10)
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, shares).Select(
            share => StreamAsync([.. arguments, $"{share}", $"{shares}"], line, cancellationToken, niceness)));
        return codes.Max();
    }

    /// <summary>Runs a sub-command on this program's own input and output; gives its exit code.</summary>
    public async Task<int> AttachAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(arguments, niceness: 0, redirect: false);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Translates lines with the model in <paramref name="folder"/>, beam 4.</summary>
    /// <exception cref="CliException">It failed; quotes what it said.</exception>
    public async Task<IReadOnlyList<string>> TranslateAsync(
        string folder, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        using var process = Start(["translate", folder], niceness: 0, input: true);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            foreach (var line in lines) await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            var translations = (await output).TrimEnd('\n').Split('\n');
            return process.ExitCode == 0 && translations.Length == lines.Count ? translations
                : throw new CliException($"The worker's 'translate {folder}' failed with code {process.ExitCode}: {(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private Process Start(
        IReadOnlyList<string> arguments, int niceness, bool redirect = true, bool input = false, bool dies = false, bool yields = false)
    {
        string[] command = ["dotnet", BuildOutput.Find("The worker", workspace.Root, "gpu-worker", "HsNas.GpuWorker"), .. arguments];
        if (niceness > 0 && !OperatingSystem.IsWindows()) command = ["nice", "-n", $"{niceness}", .. command];
        if (yields) command = [.. Yielding.InOwnSession, .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false, RedirectStandardOutput = redirect, RedirectStandardError = redirect,
            RedirectStandardInput = input || dies,
        };
        foreach (var (name, value) in WorkerEnvironment.Variables) start.Environment[name] = value;
        // Its input ends with this process. The name is that of InputWatch in the worker.
        if (dies) start.Environment["HSNAS_ENDS_WITH_INPUT"] = "1";
        return Process.Start(start)!;
    }
}

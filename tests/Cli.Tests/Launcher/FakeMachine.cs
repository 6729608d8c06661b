using System.Diagnostics;
using HsNas.Cli.Hosting;
using HsNas.Cli.Tests.Support;

namespace HsNas.Cli.Tests.Launcher;

/// <summary>The launcher in a checkout of its own, on a machine that has only the tools a test gives it; every call of them is kept.</summary>
internal sealed class FakeMachine : IDisposable
{
    // What any Linux has; linked, so that nothing else of the real machine is found.
    private static readonly string[] Basics =
        ["bash", "sh", "env", "cat", "cp", "mv", "rm", "ls", "mkdir", "dirname", "basename", "find", "sort", "cksum", "head", "tail", "cmp", "grep", "sed", "id", "sleep", "flock", "touch", "chmod", "ln"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _tools;

    public FakeMachine()
    {
        _tools = Path.Combine(_folder.Path, "tools");
        Directory.CreateDirectory(_tools);
        foreach (var name in Basics)
            if (Find(name) is { } real) File.CreateSymbolicLink(Path.Combine(_tools, name), real);
        var root = Workspace.Find(_ => null).Root;
        File.Copy(Path.Combine(root, "hsnas"), Path.Combine(Checkout, "hsnas"));
        foreach (var file in new[] { "package.json", "package-lock.json" })
            _folder.Write($"checkout/local/Stack/azurite/{file}", File.ReadAllText(Path.Combine(root, "local", "Stack", "azurite", file)));
        Source("cli/Program.cs");
        Tool("sudo", "[ \"$1\" = -v ] || exec \"$@\"");
        Tool("git", "exit 0");
    }

    /// <summary>The checkout.</summary>
    public string Checkout => Directory.CreateDirectory(Path.Combine(_folder.Path, "checkout")).FullName;

    /// <summary>Calls of tools so far, one a line.</summary>
    public string[] Calls => File.Exists(CallFile) ? File.ReadAllLines(CallFile) : [];

    private string CallFile => Path.Combine(_folder.Path, "calls");

    /// <summary>A tool as a shell script.</summary>
    public void Tool(string name, string script)
    {
        var file = Path.Combine(_tools, name);
        File.Delete(file);
        File.WriteAllText(file, $"#!/bin/sh\n[ {name} = sudo ] || echo \"{name} $*\" >>'{CallFile}'\ntools='{_tools}'\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A .NET SDK that builds in no time.</summary>
    public void Sdk(string version = "10.0.401", string build = "", string test = "") => Tool("dotnet", $"""
        case $1 in
          --list-sdks) echo '{version} [/usr/share/dotnet/sdk]' ;;
          build) {(build.Length > 0 ? build : "mkdir -p cli/bin/Release/net10.0 && touch cli/bin/Release/net10.0/HsNas.Cli.dll")} ;;
          test) {(test.Length > 0 ? test : ":")} ;;
          *) echo "ran $*" ;;
        esac
        """);

    /// <summary>Node, and an npm that installs Azurite in no time.</summary>
    public void Node()
    {
        Tool("node", "exit 0");
        Tool("npm", "mkdir -p \"$3/node_modules/azurite/dist/src\" && touch \"$3/node_modules/azurite/dist/src/azurite.js\"");
    }

    /// <summary>A Debian whose package tools know what is installed.</summary>
    public void Debian(string installed = "", string onInstall = "", bool listsArePresent = true)
    {
        Tool("dpkg-query", $"for p in {installed} none; do [ \"$3\" = \"$p\" ] && printf installed; done; exit 0");
        Tool("apt-cache", listsArePresent ? "[ \"$2\" = dotnet-sdk-10.0 ] || echo '  Candidate: 1.0'" : "[ -f \"$tools/lists\" ] && echo '  Candidate: 1.0'; exit 0");
        Tool("apt-get", $"case $1 in update) touch \"$tools/lists\" ;; install) {(onInstall.Length > 0 ? onInstall : ":")} ;; esac");
    }

    /// <summary>A source file.</summary>
    public string Source(string name, string content = "") => _folder.Write($"checkout/{name}", content);

    /// <summary>Runs the launcher.</summary>
    public async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Checkout, "hsnas"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = _tools;
        start.Environment.Remove("HsNasTorch");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, errors);
    }

    public void Dispose() => _folder.Dispose();

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

using System.Diagnostics;
using HsNas.Cli.Hosting;
using HsNas.Cli.Tests.Support;

namespace HsNas.Cli.Tests.Launcher;

/// <summary>The launcher in a checkout of its own, on a machine with the tools that a test gives it; their calls are kept.</summary>
internal sealed class FakeMachine : IDisposable
{
    // What any Linux has; linked, so that nothing else of the real machine is found.
    private static readonly string[] Basics =
    [
        "bash", "sh", "env", "cat", "cp", "mv", "rm", "ls", "mkdir", "dirname", "basename", "find", "sort", "cksum", "head", "tail",
        "cmp", "grep", "sed", "id", "sleep", "flock", "touch", "chmod", "ln", "uname", "seq",
    ];

    // What apt-cache of Debian 12 was seen to print about a package that is offered. It writes line by line: a reader that
    // stops at the second line ends it with SIGPIPE.
    private const string RecordedPolicy = """
        { echo 'bash:'; echo '  Installed: 5.2.15-2+b8'; echo '  Candidate: 5.2.15-2+b13'; sleep 0.1; echo '  Version table:'
          echo '     5.2.15-2+b13 500'; echo '        500 http://mirror.example/debian bookworm/main amd64 Packages'
          echo ' *** 5.2.15-2+b8 100'; echo '        100 /var/lib/dpkg/status'; exit; }
        """;

    // Makes node and npm available, as the real packages do.
    private const string InstallNode = """
        azurite=node_modules/azurite/dist/src
        printf '#!/bin/sh\necho v18.20.4\n' >"$tools/node"
        printf '#!/bin/sh\nmkdir -p "$3/%s" && touch "$3/%s/azurite.js"\n' "$azurite" "$azurite" >"$tools/npm"
        chmod +x "$tools/node" "$tools/npm"
        """;

    private const string Report = """
        for a; do case $a in -targetdir:*) folder=${a#-targetdir:} ;; esac; done
        mkdir -p "$folder" && printf '%s\n' 'Summary' '  Parser: Cobertura' '  Line coverage: 37.8%' '  Covered lines: 1120' \
          '  Branch coverage: 32% (600 of 1874)' '' 'HsNas.Kernel                     55.9%' '  HsNas.Kernel.Hashing             80%' '' \
          'HsNas.Local.InContextModel       95.3%' >"$folder/Summary.txt"
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _tools;

    public FakeMachine()
    {
        _tools = Path.Combine(_folder.Path, "tools");
        Directory.CreateDirectory(_tools);
        foreach (var name in Basics)
            if (Find(name) is { } real) File.CreateSymbolicLink(Path.Combine(_tools, name), real);
        var root = Workspace.Find(_ => null).Root;
        foreach (var folder in new[] { ".ci", "tests" }) Directory.CreateDirectory(Path.Combine(Checkout, folder));
        foreach (var script in new[] { "hsnas", "tests/run.sh", ".ci/run", ".ci/bare-machine", ".ci/bare-machine.sh" })
            File.Copy(Path.Combine(root, script), Path.Combine(Checkout, script));
        foreach (var file in new[] { "package.json", "package-lock.json" })
            _folder.Write($"checkout/local/Stack/azurite/{file}", File.ReadAllText(Path.Combine(root, "local", "Stack", "azurite", file)));
        Source("cli/Program.cs");
        Tool("sudo", """
            [ "$1" = -n ] && shift
            [ "$1" = -v ] || BY_SUDO=1 exec "$@"
            """);
        Tool("git", "exit 0");
    }

    /// <summary>The checkout.</summary>
    public string Checkout => Directory.CreateDirectory(Path.Combine(_folder.Path, "checkout")).FullName;

    /// <summary>Calls of tools so far, one a line.</summary>
    public string[] Calls => File.Exists(CallFile) ? File.ReadAllLines(CallFile) : [];

    /// <summary>Waits until a tool has been called exactly so.</summary>
    public Task CalledAsync(string call) => FirstCallAsync(call, c => c == call);

    /// <summary>Waits until a tool has been called at all; its first call.</summary>
    public Task<string> FirstCallOfAsync(string tool) => FirstCallAsync(tool, c => c.StartsWith(tool + " ", StringComparison.Ordinal));

    private string CallFile => Path.Combine(_folder.Path, "calls");

    /// <summary>A tool as a shell script.</summary>
    public void Tool(string name, string script) => Write(Path.Combine(_tools, name), name, script);

    /// <summary>Keeps the calls of a tool of the real machine.</summary>
    public void Watch(string name) => Tool(name, $"exec '{Find(name)}' \"$@\"");

    /// <summary>Replaces a script of the checkout.</summary>
    public void Script(string name, string script) => Write(Path.Combine(Checkout, name), name, script);

    /// <summary>A .NET SDK that builds in no time; its reporter writes a summary as ReportGenerator 5.6.0 was seen to.</summary>
    public void Sdk(string version = "10.0.401", string build = "", string test = "") => Tool("dotnet", $"""
        case $1 in
          --list-sdks) echo '{version} [/usr/share/dotnet/sdk]' ;;
          build) {(build.Length > 0 ? build : "mkdir -p cli/bin/Release/net10.0 && touch cli/bin/Release/net10.0/HsNas.Cli.dll")} ;;
          test) {(test.Length > 0 ? test : ":")} ;;
          nuget) echo 'global-packages: /packages/' ;;
          reportgenerator) {Report} ;;
          *) echo "ran $*" ;;
        esac
        """);

    /// <summary>Node, and an npm that installs Azurite in no time.</summary>
    public void Node(string version = "v18.20.4")
    {
        Tool("node", $"echo {version}");
        Tool("npm", "mkdir -p \"$3/node_modules/azurite/dist/src\" && touch \"$3/node_modules/azurite/dist/src/azurite.js\"");
    }

    /// <summary>
    /// A Debian. Its apt-cache is the real one where there is one, asked about a package that every Debian has or one that none
    /// has; what it printed once where <paramref name="recorded"/> or where there is none. Its apt-get wants root as the real one does.
    /// </summary>
    public void Debian(string offered = "nodejs npm", string onInstall = "", bool listsArePresent = true, bool recorded = false)
    {
        var policy = !recorded && Find("apt-cache") is { } real ? $"exec '{real}' policy bash" : RecordedPolicy;
        Tool("apt-cache", $"""
            [ {(listsArePresent ? 1 : 0)} = 1 ] || [ -f "$tools/lists" ] || exit 0
            for p in {offered}; do if [ "$2" = "$p" ]; then
            {policy}
            fi; done
            exit 0
            """);
        Tool("apt-get", $"""
            [ "$(id -u)" = 0 ] || [ -n "$BY_SUDO" ] || exit 100
            case $1 in update) touch "$tools/lists" ;; install) {(onInstall.Length > 0 ? onInstall : InstallNode)} ;; esac
            """);
    }

    /// <summary>The user is not root; <paramref name="sudo"/> says whether there is sudo.</summary>
    public void NotRoot(bool sudo)
    {
        Tool("id", "echo 1000");
        if (!sudo) File.Delete(Path.Combine(_tools, "sudo"));
    }

    /// <summary>A source file.</summary>
    public string Source(string name, string content = "") => _folder.Write($"checkout/{name}", content);

    /// <summary>Runs the launcher.</summary>
    public Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunScriptAsync("hsnas", arguments);

    /// <summary>The process of the script that was started last.</summary>
    public int Started { get; private set; }

    /// <summary>Runs a script of the checkout.</summary>
    public async Task<(int Code, string Output, string Errors)> RunScriptAsync(string script, params string[] arguments)
    {
        // The test host ignores SIGPIPE, and so would what it starts. A user's shell does not.
        string[] signals = OperatingSystem.IsLinux() ? ["--default-signal=PIPE"] : [];
        var start = new ProcessStartInfo("env", [.. signals, "bash", Path.Combine(Checkout, script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["PATH"] = _tools;
        start.Environment.Remove("HsNasTorch");
        using var process = Process.Start(start)!;
        Started = process.Id;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, errors);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, string name, string script)
    {
        File.Delete(file);
        File.WriteAllText(file, $"#!/bin/sh\n[ {name} = sudo ] || echo \"{name} $*\" >>'{CallFile}'\ntools='{_tools}'\n{script}\n");
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, Mode);
    }

    private async Task<string> FirstCallAsync(string wanted, Func<string, bool> isIt)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (Calls.FirstOrDefault(isIt) is { } call) return call;
            Assert.True(attempt < 600, $"'{wanted}' was not called; calls: {string.Join(" | ", Calls)}");
            await Task.Delay(50);
        }
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

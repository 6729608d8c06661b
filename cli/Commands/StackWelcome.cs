using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Local.Stack;

namespace HsNas.Cli.Commands;

/// <summary>What can be done with a stack that runs.</summary>
internal static class StackWelcome
{
    /// <summary>Prints addresses and commands to copy.</summary>
    public static void Print(CommandContext context, StackState state, string runFolder)
    {
        var (url, stateFile) = (state.FunctionsUrl, Workspace.Display(Path.Combine(runFolder, StackState.FileName)));
        const string request = """{"task":"tiny-en-de","limits":{"gFlops":0.01}}""";
        context.Say($"""

            Function app   {url}
            Dashboard      {url}/api/ui
            Blobs          http://127.0.0.1:{state.Ports.Blobs}/  (connection string in {stateFile})
            Logs           {Workspace.Display(Path.Combine(runFolder, "logs"))}

            Start a search:
              curl -s -X POST {url}/api/searches -H 'content-type: application/json' -d '{request}'
              ./hsnas search submit --task tiny-en-de --gflops 0.01
            Follow it:
              curl -s {url}/api/searches/ID
              ./hsnas search watch ID
            Stop everything:
              ./hsnas down
            """);
    }
}

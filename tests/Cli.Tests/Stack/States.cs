using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;

namespace HsNas.Cli.Tests.Stack;

/// <summary>Made-up stack states.</summary>
internal static class States
{
    /// <summary>A process that has never been.</summary>
    public static readonly ProcessIdentity Nobody = new(int.MaxValue, "0");

    /// <summary>The state of a stack whose supervisor is this test.</summary>
    public static StackState Running(string url) => new(
        ProcessIdentity.Current, Ready: true, url, "http://127.0.0.1:5/v1", "UseIt=1", new StackPorts(1, 2, 3, 4, 5),
        [new StackProcess("worker-1", Nobody, "worker-1.log", 2), new StackProcess("azurite", null, "azurite.log", 0)]);
}

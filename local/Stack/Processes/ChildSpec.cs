namespace HsNas.Local.Stack.Processes;

/// <summary>How to start one process of the stack.</summary>
/// <param name="Name">For messages, the state file and the log's name.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="Environment">Variables on top of this process's own.</param>
/// <param name="WorkingFolder">Where it runs.</param>
/// <param name="LogFile">Its output is appended here.</param>
public sealed record ChildSpec(
    string Name, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string WorkingFolder, string LogFile);

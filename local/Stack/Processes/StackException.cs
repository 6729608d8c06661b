namespace HsNas.Local.Stack.Processes;

/// <summary>The local stack cannot do what was asked; the message says why and what the user can do.</summary>
public sealed class StackException(string message, Exception? inner = null) : Exception(message, inner);

namespace HsNas.Llm;

/// <summary>The model cannot be made to answer, or must not be asked; the message is for the user.</summary>
public sealed class LabelException(string message) : Exception(message);

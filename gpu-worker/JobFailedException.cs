namespace HsNas.GpuWorker;

/// <summary>A job that can never succeed, with the reason in words for the user.</summary>
internal sealed class JobFailedException(string message, Exception? inner = null) : Exception(message, inner);

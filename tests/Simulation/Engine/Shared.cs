namespace HsNas.Simulation.Engine;

/// <summary>Work that is done once for all that ask for it, as a predictor of a task or a supernet.</summary>
internal sealed class Shared
{
    private readonly Dictionary<string, Task> _begun = new(StringComparer.Ordinal);

    /// <summary>Begins the work of <paramref name="key"/> where nobody has; ends when it is done.</summary>
    public Task OnceAsync(string key, Func<Task> work) =>
        _begun.TryGetValue(key, out var task) ? task : _begun[key] = work();
}

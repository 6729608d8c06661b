namespace TorchSharp;

/// <summary>One stack of scopes for each thread: a scope never sees what another thread creates.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? current;

    internal static DisposeScopeManager ThreadSingleton => current ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal Stack<DisposeScope> Scopes { get; } = new();

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal DisposeScope? RegisterOnCurrentDisposeScope(IDisposable disposable)
    {
        if (!Scopes.TryPeek(out var scope))
        {
            StatisticsInstance.CreatedOutsideScopeCount++;
            return null;
        }
        StatisticsInstance.CreatedInScopeCount++;
        scope.Disposables.Add(disposable);
        return scope;
    }

    internal static DisposeScope NewDisposeScope()
    {
        var manager = ThreadSingleton;
        var scope = new DisposeScope(manager);
        manager.Scopes.Push(scope);
        return scope;
    }

    internal void RemoveDisposeScope(DisposeScope scope)
    {
        // An exception may leave an inner scope on the stack; ending the outer one ends it too.
        if (!Scopes.Contains(scope)) return;
        while (!ReferenceEquals(Scopes.Pop(), scope)) { }
    }
}

namespace TorchSharp;

/// <summary>Owns what is created while it is the innermost scope of its thread, and disposes it at its end.</summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;
    private readonly DisposeScope? outer;

    internal DisposeScope(DisposeScopeManager manager)
    {
        this.manager = manager;
        manager.Scopes.TryPeek(out outer);
    }

    internal HashSet<IDisposable> Disposables { get; private set; } = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<IDisposable> DisposablesView => Disposables.ToList();

    public int DisposablesCount => Disposables.Count;

    public bool Contains(IDisposable disposable) => Disposables.Contains(disposable);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(outer!, disposables);

    public void MoveToOther(DisposeScope scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            if (Disposables.Remove(disposable)) Own(scope, disposable);
    }

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            if (Disposables.Remove(disposable)) Own(null, disposable);
    }

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var list = disposables.ToList();
        foreach (var disposable in list)
        {
            var previous = (disposable as torch.Tensor)?.OwningDisposeScope;
            if (ReferenceEquals(previous, this)) continue;
            if (previous is null) manager.StatisticsInstance.AttachedToScopeCount++;
            else previous.Disposables.Remove(disposable);
            Own(this, disposable);
        }
        return list;
    }

    /// <summary>A scope that ends everything may be left by an exception, so each item is forgotten before it is disposed.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var ending = Disposables;
        Disposables = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in ending)
        {
            if (Disposables.Contains(disposable)) continue;
            var tensor = disposable as torch.Tensor;
            if (tensor is null || !tensor.IsInvalid) manager.StatisticsInstance.DisposedInScopeCount++;
            if (tensor is not null) tensor.Release();
            else disposable.Dispose();
        }
    }

    public void DisposeEverything() => DisposeEverythingBut(Enumerable.Empty<IDisposable>());

    public void MarkAsDisposed(IDisposable disposable)
    {
        manager.StatisticsInstance.DisposedInScopeCount++;
        Disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = null;
    }

    public void Dispose()
    {
        DisposeEverything();
        manager.RemoveDisposeScope(this);
    }

    /// <summary>A parameter takes the place of the tensor whose handle it took over.</summary>
    internal void Replace(torch.Tensor old, torch.Tensor replacement)
    {
        Disposables.Remove(old);
        Disposables.Add(replacement);
        old.OwningDisposeScope = null;
        replacement.OwningDisposeScope = this;
    }

    private void Own(DisposeScope? scope, IDisposable disposable)
    {
        if (scope is null) manager.StatisticsInstance.DetachedFromScopeCount++;
        else scope.Disposables.Add(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = scope;
    }
}

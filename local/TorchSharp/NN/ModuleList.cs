using System.Collections;

namespace TorchSharp.Modules;

/// <summary>Children are named by their positions, so every change names them anew.</summary>
public class ModuleList<T> : torch.nn.Module, IList<T> where T : torch.nn.Module
{
    private readonly List<T> list;

    public ModuleList(params T[] modules) : base(nameof(ModuleList<T>))
    {
        list = [.. modules];
        Rename();
    }

    public T this[int index]
    {
        get => list[index];
        set
        {
            list[index] = value;
            Rename();
        }
    }

    public int Count => list.Count;

    public bool IsReadOnly => false;

    protected override void RegisterComponents() { }

    public void Add(T item) => Change(() => list.Add(item));

    public void append(params T[] parameters) => extend(parameters);

    public void extend(IEnumerable<T> modules) => Change(() => list.AddRange(modules));

    public void Insert(int index, T item) => Change(() => list.Insert(index, item));

    public void RemoveAt(int index) => Change(() => list.RemoveAt(index));

    public void Clear() => Change(list.Clear);

    public bool Remove(T item)
    {
        var found = list.Remove(item);
        Rename();
        return found;
    }

    public bool Contains(T item) => list.Contains(item);

    public void CopyTo(T[] array, int arrayIndex) => list.CopyTo(array, arrayIndex);

    public int IndexOf(T item) => list.IndexOf(item);

    public IEnumerator<T> GetEnumerator() => list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Change(Action change)
    {
        change();
        Rename();
    }

    private void Rename()
    {
        ClearModules();
        for (var i = 0; i < list.Count; i++) register_module($"{i}", list[i]);
    }
}

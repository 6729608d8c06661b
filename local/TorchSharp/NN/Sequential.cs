using static TorchSharp.torch;

namespace TorchSharp.Modules;

public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<nn.IModule<Tensor, Tensor>> steps = [];

    protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) append(name, module);
    }

    protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules) append(module);
    }

    public int Count => steps.Count;

    public nn.IModule<Tensor, Tensor> this[int index] => steps[index];

    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        register_module(name, (nn.Module)module);
        steps.Add(module);
        return this;
    }

    public Sequential append(nn.IModule<Tensor, Tensor> module) => append($"{steps.Count}", module);

    protected override void RegisterComponents() { }

    /// <summary>Intermediate results go at once; what leaves is the last one alone.</summary>
    public override Tensor forward(Tensor tensor)
    {
        if (steps.Count == 0) return tensor.alias();
        using var scope = NewDisposeScope();
        var current = tensor;
        foreach (var step in steps) current = step.call(current);
        return current.MoveToOuterDisposeScope();
    }
}

namespace TorchSharp.Modules;

public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly long padding;
    private readonly bool scaleByFrequency;
    private readonly bool sparse;

    internal Embedding(torch.Tensor weights, bool freeze, long? padding_idx, bool scale_grad_by_freq, bool sparse) : base(nameof(Embedding))
    {
        padding = padding_idx ?? -1;
        scaleByFrequency = scale_grad_by_freq;
        this.sparse = sparse;
        register_parameter(nameof(weight), new Parameter(weights, !freeze));
    }

    /// <summary>A new wrapper for each call, as the official module makes one: callers dispose it or hold it in a scope.</summary>
    public Parameter weight
    {
        get => new(Own(nameof(weight))!.alias(), Own(nameof(weight))!.requires_grad);
        set => SetOwn(nameof(weight), value);
    }

    public override torch.Tensor forward(torch.Tensor input) =>
        NativeMethods.hs_embedding(Own(nameof(weight))!, input, padding, scaleByFrequency ? 1 : 0, sparse ? 1 : 0);
}

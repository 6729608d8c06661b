namespace TorchSharp.Modules;

/// <summary>Takes over the handle of its data, and the place of the data in its scope: the data is invalid afterwards.</summary>
public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true) : base(data) => this.requires_grad = requires_grad;
}

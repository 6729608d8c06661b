using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => hs_requires_grad(this) != 0;
            set => Check(hs_set_requires_grad(this, value ? 1 : 0));
        }

        public Tensor? grad
        {
            get
            {
                var found = hs_grad(this);
                if (found == 0) ThrowIfFailed();
                return found == 0 ? null : new Tensor(found);
            }
            set => Check(hs_set_grad(this, value));
        }

        public Tensor requires_grad_(bool requires_grad = true) => Self(hs_set_requires_grad(this, requires_grad ? 1 : 0));

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Check(hs_retain_grad(this));

        public void backward() => Check(hs_backward(this, null, 0, 0, [], 0));

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            if (grad_tensors is { Count: > 1 }) throw new ArgumentException("one tensor has one gradient", nameof(grad_tensors));
            var leaves = inputs?.ToArray() ?? [];
            // libtorch keeps the graph by default exactly when it builds one of the gradients.
            Check(hs_backward(this, grad_tensors is { Count: 1 } ? grad_tensors[0] : null, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, Handles(leaves), leaves.Length));
            GC.KeepAlive(leaves);
        }

        public Tensor detach() => hs_detach(this);

        public Tensor detach_() => Self(hs_detach_(this));
    }

    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => hs_grad_enabled() != 0;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    private sealed class GradMode : IDisposable
    {
        private readonly int previous = hs_grad_enabled();

        public GradMode(bool enabled) => hs_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => hs_set_grad_enabled(previous);
    }

    private sealed class InferenceMode(bool mode) : IDisposable
    {
        private nint guard = hs_inference_begin(mode ? 1 : 0);

        public void Dispose()
        {
            if (guard != 0) hs_inference_end(guard);
            guard = 0;
        }
    }
}

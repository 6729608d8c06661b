using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial torch.Tensor hs_linear(torch.Tensor x, torch.Tensor w, [MarshalUsing(typeof(OptionalTensorMarshaller))] torch.Tensor? b);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_layer_norm(torch.Tensor x, ReadOnlySpan<long> d, int n, [MarshalUsing(typeof(OptionalTensorMarshaller))] torch.Tensor? w, [MarshalUsing(typeof(OptionalTensorMarshaller))] torch.Tensor? b, double eps);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_dropout(torch.Tensor x, double p, int train);
    [LibraryImport(Library)] internal static partial int hs_dropout_(torch.Tensor x, double p, int train);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_cross_entropy(torch.Tensor x, torch.Tensor y, [MarshalUsing(typeof(OptionalTensorMarshaller))] torch.Tensor? w, long reduction, long ignore, double smooth);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_nll_loss(torch.Tensor x, torch.Tensor y, [MarshalUsing(typeof(OptionalTensorMarshaller))] torch.Tensor? w, long reduction);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_mse_loss(torch.Tensor x, torch.Tensor y, long reduction);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_embedding(torch.Tensor w, torch.Tensor i, long padding, int scale, int sparse);
    [LibraryImport(Library)] internal static partial int hs_clip_grad_norm_(ReadOnlySpan<nint> p, int n, double max, double type, out double total);
    [LibraryImport(Library)] internal static partial int hs_adam(torch.Tensor p, torch.Tensor m, torch.Tensor v, [MarshalUsing(typeof(OptionalTensorMarshaller))] torch.Tensor? most, in NativeAdamStep s);
}

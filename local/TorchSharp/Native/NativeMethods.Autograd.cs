using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial int hs_requires_grad(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_set_requires_grad(torch.Tensor a, int on);
    [LibraryImport(Library)] internal static partial nint hs_grad(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_has_grad(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_set_grad(torch.Tensor a, [MarshalUsing(typeof(OptionalTensorMarshaller))] torch.Tensor? g);
    [LibraryImport(Library)] internal static partial int hs_zero_grad(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_backward(torch.Tensor a, [MarshalUsing(typeof(OptionalTensorMarshaller))] torch.Tensor? gradient, int retain, int create, ReadOnlySpan<nint> inputs, int n);
    [LibraryImport(Library)] internal static partial int hs_grad_enabled();
    [LibraryImport(Library)] internal static partial void hs_set_grad_enabled(int on);
    [LibraryImport(Library)] internal static partial nint hs_inference_begin(int on);
    [LibraryImport(Library)] internal static partial void hs_inference_end(nint m);
}

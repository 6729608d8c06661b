using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial long hs_ndim(torch.Tensor a);
    [LibraryImport(Library)] internal static partial long hs_numel(torch.Tensor a);
    [LibraryImport(Library)] internal static partial long hs_element_size(torch.Tensor a);
    [LibraryImport(Library)] internal static unsafe partial void hs_sizes(torch.Tensor a, long* result);
    [LibraryImport(Library)] internal static unsafe partial void hs_strides(torch.Tensor a, long* result);
    [LibraryImport(Library)] internal static partial int hs_dtype(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_device_type(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_device_index(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_is_contiguous(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_is_leaf(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_is_sparse(torch.Tensor a);
    [LibraryImport(Library)] internal static partial nint hs_data(torch.Tensor a);
    [LibraryImport(Library)] internal static partial int hs_item(torch.Tensor a, out NativeNumber result);
}

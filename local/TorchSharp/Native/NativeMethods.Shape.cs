using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial torch.Tensor hs_view(torch.Tensor a, ReadOnlySpan<long> d, int n);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_reshape(torch.Tensor a, ReadOnlySpan<long> d, int n);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_permute(torch.Tensor a, ReadOnlySpan<long> d, int n);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_repeat(torch.Tensor a, ReadOnlySpan<long> d, int n);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_expand(torch.Tensor a, ReadOnlySpan<long> d, int n, int @implicit);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_transpose(torch.Tensor a, long x, long y);
    [LibraryImport(Library)] internal static partial int hs_transpose_(torch.Tensor a, long x, long y);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_flatten(torch.Tensor a, long x, long y);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_squeeze(torch.Tensor a);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_squeeze_dim(torch.Tensor a, long d);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_unsqueeze(torch.Tensor a, long d);
    [LibraryImport(Library)] internal static partial int hs_unsqueeze_(torch.Tensor a, long d);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_narrow(torch.Tensor a, long d, long start, long n);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_slice(torch.Tensor a, long d, long @from, long to, long step);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_select(torch.Tensor a, long d, long i);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_triu(torch.Tensor a, long k);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_tril(torch.Tensor a, long k);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_index_select(torch.Tensor a, long d, torch.Tensor i);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_gather(torch.Tensor a, long d, torch.Tensor i);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_scatter(torch.Tensor a, long d, torch.Tensor i, torch.Tensor s);
    [LibraryImport(Library)] internal static partial int hs_scatter_(torch.Tensor a, long d, torch.Tensor i, torch.Tensor s);
    [LibraryImport(Library)] internal static partial int hs_scatter_add_(torch.Tensor a, long d, torch.Tensor i, torch.Tensor s);
    [LibraryImport(Library)] internal static partial int hs_index_add_(torch.Tensor a, long d, torch.Tensor i, torch.Tensor s, Scalar alpha);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_masked_fill(torch.Tensor a, torch.Tensor m, Scalar v);
    [LibraryImport(Library)] internal static partial int hs_masked_fill_(torch.Tensor a, torch.Tensor m, Scalar v);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_where(torch.Tensor c, torch.Tensor x, torch.Tensor y);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_cat(ReadOnlySpan<nint> t, int n, long d);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_stack(ReadOnlySpan<nint> t, int n, long d);
    [LibraryImport(Library)] internal static partial nint hs_where_indices(torch.Tensor c);
    [LibraryImport(Library)] internal static partial nint hs_split(torch.Tensor a, long size, long d);
    [LibraryImport(Library)] internal static partial nint hs_split_sizes(torch.Tensor a, ReadOnlySpan<long> s, int n, long d);
    [LibraryImport(Library)] internal static partial nint hs_chunk(torch.Tensor a, long n, long d);
    [LibraryImport(Library)] internal static partial nint hs_unbind(torch.Tensor a, long d);
    [LibraryImport(Library)] internal static partial int hs_list_size(nint l);
    [LibraryImport(Library)] internal static unsafe partial void hs_list_take(nint l, nint* result);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_index(torch.Tensor a, ReadOnlySpan<NativeIndex> x, int n);
    [LibraryImport(Library)] internal static partial int hs_index_put_(torch.Tensor a, ReadOnlySpan<NativeIndex> x, int n, torch.Tensor value);
    [LibraryImport(Library)] internal static partial int hs_index_put_scalar_(torch.Tensor a, ReadOnlySpan<NativeIndex> x, int n, Scalar value);
    [LibraryImport(Library)] internal static partial int hs_index_accumulate_(torch.Tensor a, ReadOnlySpan<nint> x, int n, torch.Tensor value);
}

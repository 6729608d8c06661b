using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial torch.Tensor hs_sum(torch.Tensor a, int type);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_mean(torch.Tensor a, int type);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_sum_dims(torch.Tensor a, ReadOnlySpan<long> d, int n, int keep, int type);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_mean_dims(torch.Tensor a, ReadOnlySpan<long> d, int n, int keep, int type);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_var(torch.Tensor a, int unbiased);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_std(torch.Tensor a, int unbiased);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_var_dims(torch.Tensor a, ReadOnlySpan<long> d, int n, int unbiased, int keep);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_std_dims(torch.Tensor a, ReadOnlySpan<long> d, int n, int unbiased, int keep);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_norm(torch.Tensor a, double p);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_norm_dim(torch.Tensor a, double p, long d, int keep);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_cumsum(torch.Tensor a, long d, int type);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_softmax(torch.Tensor a, long d, int type);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_log_softmax(torch.Tensor a, long d, int type);
    [LibraryImport(Library)] internal static partial int hs_max_dim(torch.Tensor a, long d, int keep, out nint v, out nint i);
    [LibraryImport(Library)] internal static partial int hs_min_dim(torch.Tensor a, long d, int keep, out nint v, out nint i);
    [LibraryImport(Library)] internal static partial int hs_topk(torch.Tensor a, long k, long d, int largest, int sorted, out nint v, out nint i);
    [LibraryImport(Library)] internal static partial int hs_sort(torch.Tensor a, long d, int down, int stable, out nint v, out nint i);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_argsort(torch.Tensor a, long d, int down);
    [LibraryImport(Library)] internal static partial int hs_allclose(torch.Tensor a, torch.Tensor b, double rtol, double atol, int nan, out int result);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_equal(torch.Tensor a, torch.Tensor b);
}

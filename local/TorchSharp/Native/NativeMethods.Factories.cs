using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial torch.Tensor hs_empty(ReadOnlySpan<long> d, int n, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_zeros(ReadOnlySpan<long> d, int n, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_ones(ReadOnlySpan<long> d, int n, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_full(ReadOnlySpan<long> d, int n, Scalar v, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_rand(ReadOnlySpan<long> d, int n, torch.Generator? g, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_randn(ReadOnlySpan<long> d, int n, torch.Generator? g, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_randint(long low, long high, ReadOnlySpan<long> d, int n, torch.Generator? g, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_randperm(long n, torch.Generator? g, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_arange(Scalar @from, Scalar to, Scalar step, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_linspace(double @from, double to, long steps, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_eye(long rows, long columns, NativeOptions o);
    [LibraryImport(Library)] internal static unsafe partial torch.Tensor hs_from_data(void* data, int type, ReadOnlySpan<long> d, int n, NativeOptions o);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_to(torch.Tensor a, NativeOptions o, int copy, int async);
    [LibraryImport(Library)] internal static partial int hs_copy_(torch.Tensor a, torch.Tensor b, int async);
    [LibraryImport(Library)] internal static partial int hs_set_(torch.Tensor a, torch.Tensor b);
    [LibraryImport(Library)] internal static partial int hs_normal_(torch.Tensor a, double mean, double std, torch.Generator? g);
    [LibraryImport(Library)] internal static partial int hs_uniform_(torch.Tensor a, double @from, double to, torch.Generator? g);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_bernoulli(torch.Tensor a, torch.Generator? g);
    [LibraryImport(Library)] internal static partial int hs_bernoulli_(torch.Tensor a, double p, torch.Generator? g);
    [LibraryImport(Library)] internal static partial int hs_bernoulli_tensor_(torch.Tensor a, torch.Tensor p, torch.Generator? g);
}

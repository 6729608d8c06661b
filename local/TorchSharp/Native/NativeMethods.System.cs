using System.Runtime.InteropServices;

namespace TorchSharp;

internal static partial class NativeMethods
{
    [LibraryImport(Library)] internal static partial nint hs_last_error();
    [LibraryImport(Library)] internal static partial void hs_free(nint t);
    [LibraryImport(Library)] internal static partial nint hs_generator(int device, int index);
    [LibraryImport(Library)] internal static partial nint hs_generator_new(int device, int index, ulong seed);
    [LibraryImport(Library)] internal static partial void hs_generator_free(nint g);
    [LibraryImport(Library)] internal static partial torch.Tensor hs_generator_state(torch.Generator g);
    [LibraryImport(Library)] internal static partial int hs_generator_set_state(torch.Generator g, torch.Tensor s);
    [LibraryImport(Library)] internal static partial int hs_generator_seed(torch.Generator g, long seed);
    [LibraryImport(Library)] internal static partial long hs_generator_fresh_seed(torch.Generator g);
    [LibraryImport(Library)] internal static partial long hs_generator_initial_seed(torch.Generator g);
    [LibraryImport(Library)] internal static partial int hs_manual_seed(long seed);
    [LibraryImport(Library)] internal static partial int hs_threads();
    [LibraryImport(Library)] internal static partial int hs_set_threads(int n);
    [LibraryImport(Library)] internal static partial int hs_interop_threads();
    [LibraryImport(Library)] internal static partial int hs_set_interop_threads(int n);
    [LibraryImport(Library)] internal static partial int hs_cuda_devices();
    [LibraryImport(Library)] internal static partial int hs_cuda_seed(long seed);
    [LibraryImport(Library)] internal static partial int hs_cuda_synchronize(int index);
}

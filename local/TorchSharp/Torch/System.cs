using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.NewDisposeScope();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.Scopes.TryPeek(out var scope) ? scope : null;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    public static bool is_tensor(object obj) => obj is Tensor;

    public static int get_num_threads() => hs_threads();

    public static void set_num_threads(int num) => Check(hs_set_threads(num));

    public static int get_num_interop_threads() => hs_interop_threads();

    public static void set_num_interop_threads(int num) => Check(hs_set_interop_threads(num));

    public static bool cuda_is_available() => cuda.is_available();

    public static class cuda
    {
        public static bool is_available() => hs_cuda_devices() > 0;

        public static int device_count() => hs_cuda_devices();

        public static void manual_seed(long seed) => Check(hs_cuda_seed(seed));

        public static void manual_seed_all(long seed) => Check(hs_cuda_seed(seed));

        public static void synchronize(Device? device = null) => Check(hs_cuda_synchronize(device?.index ?? -1));
    }
}
